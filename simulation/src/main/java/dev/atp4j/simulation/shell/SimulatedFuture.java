// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.simulation.shell;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@link CompletableFuture} in rewired classes: who waits for it lets others run. Methods that such classes use
 * and that return a future are declared here once more, for their type.
 *
 * @param <T> what it brings
 */
public final class SimulatedFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    /** Creates a future that is not complete. */
    public SimulatedFuture() {}

    /**
     * Returns a future that is complete.
     *
     * @param value its value
     * @param <U> what it brings
     * @return the future
     */
    public static <U extends @Nullable Object> SimulatedFuture<U> completedFuture(U value) {
        var done = new SimulatedFuture<U>();
        done.obtrudeValue(value); // no point for others, since it may be a constant of a class that is just loaded
        return done;
    }

    @Override
    public <U extends @Nullable Object> SimulatedFuture<U> newIncompleteFuture() {
        return new SimulatedFuture<>();
    }

    @Override
    public <U extends @Nullable Object> SimulatedFuture<U> thenApply(Function<? super T, ? extends U> function) {
        return (SimulatedFuture<U>) super.<U>thenApply(function);
    }

    @Override
    public SimulatedFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
        return (SimulatedFuture<T>) super.whenComplete(action);
    }

    @Override
    public boolean complete(T value) {
        boolean first = super.complete(value);
        Scheduler.point("a result");
        return first;
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean first = super.completeExceptionally(failure);
        Scheduler.point("a failure");
        return first;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        Thread thread = Thread.currentThread();
        Scheduler.current().await("a result", () -> isDone() || thread.isInterrupted());
        if (!isDone() && Thread.interrupted()) {
            throw new InterruptedException("while waiting for a result");
        }
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("waits by the machine's own clock have no place in a simulation");
    }

    @Override
    public T join() {
        Scheduler.current().await("a result", this::isDone);
        return super.join();
    }
}
