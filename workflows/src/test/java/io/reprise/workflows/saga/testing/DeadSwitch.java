package io.reprise.workflows.saga.testing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/**
 * Cuts a worker off from its server at one instant: nothing it says is heard again. A poll that is under way may still take
 * a task with it, as the death of a process does.
 */
final class DeadSwitch implements ClientInterceptor {

    private volatile boolean dead;

    void kill() {
        dead = true;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                if (dead) {
                    listener.onClose(Status.NOT_FOUND.withDescription("the process is dead"), new Metadata());
                    return;
                }
                super.start(listener, headers);
            }

            @Override
            public void sendMessage(Q message) {
                if (!dead) {
                    super.sendMessage(message);
                }
            }

            @Override
            public void halfClose() {
                if (!dead) {
                    super.halfClose();
                }
            }

            @Override
            public void request(int messages) {
                if (!dead) {
                    super.request(messages);
                }
            }
        };
    }
}
