package io.reprise.db.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many callers of one thing at once. */
public final class Concurrently {

    private Concurrently() {}

    /** Answers what each of them got, by its number from 0. */
    public static <T> List<T> run(int callers, IntFunction<T> call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<T> answers = new ArrayList<>();
            List<Callable<T>> calls = IntStream.range(0, callers)
                    .mapToObj(i -> (Callable<T>) () -> call.apply(i))
                    .toList();
            for (Future<T> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
