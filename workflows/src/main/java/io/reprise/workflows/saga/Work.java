package io.reprise.workflows.saga;

/** What is done to do a step. */
public sealed interface Work {

    /** One activity, by its type. */
    sealed interface Activity extends Work {
        String type();
    }

    /** An activity that changes something. */
    record Call(String type) implements Activity {}

    /** An activity that looks whether something is there, and changes nothing. The server repeats it until it is. */
    record Look(String type) implements Activity {}

    /** A person's word. No activity stands behind it. */
    record Approval() implements Work {}

    /**
     * Something that goes on elsewhere.
     *
     * @param start activity that starts it, once however often it is called, and answers a ticket
     * @param ticket type of that answer
     * @param look activity that is given the ticket and looks whether it has ended
     * @param cancel activity that is given the ticket and a reason and asks for its cancel
     */
    record Elsewhere(String start, Class<?> ticket, String look, String cancel) implements Work {}

    /**
     * Something that happens elsewhere. Whoever sees it wakes the run.
     *
     * @param look activity that has it watched for, and answers what happened, or null as long as nothing has
     * @param end activity that ends the watching, and answers what happened until then, or null
     */
    record Watch(String look, String end) implements Work {}
}
