package io.reprise.db.backfill;

/**
 * What a backfill will do about a slot.
 *
 * @param slot with its keys, as in the workflow id
 * @param run whether it is run, or left as it is
 * @param why what the ledger had of it, in words: {@code no run yet}, {@code failed as run 01J…}
 */
public record PlannedSlot(String slot, boolean run, String why) {}
