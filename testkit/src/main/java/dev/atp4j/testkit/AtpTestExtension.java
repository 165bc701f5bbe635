// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.testkit;

import dev.atp4j.http.HttpTransport;
import dev.atp4j.identity.NetworkIdentityResolver;
import dev.atp4j.pds.EmbeddedPds;
import dev.atp4j.pds.VirtualTime;
import dev.atp4j.session.Sessions;
import dev.atp4j.session.store.MemorySessionStore;
import dev.atp4j.session.store.SessionStore;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What {@link AtpTest} does. A test that needs a PDS with other settings registers this extension itself:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final AtpTestExtension PDS = AtpTestExtension.with(pds -> pds.entryway(true).rateLimits(true));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class AtpTestExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(AtpTestExtension.class);

    private static final Set<Class<?>> TYPES =
            Set.of(EmbeddedPds.class, VirtualTime.class, SessionStore.class, Sessions.class);

    private final UnaryOperator<EmbeddedPds.Builder> settings;

    /** Creates the extension with the PDS's default settings. */
    public AtpTestExtension() {
        this(UnaryOperator.identity());
    }

    private AtpTestExtension(UnaryOperator<EmbeddedPds.Builder> settings) {
        this.settings = settings;
    }

    /**
     * Creates the extension with settings of the test's own.
     *
     * @param settings changes the builder of each PDS before it is started
     * @return the extension, to be registered by a field
     */
    public static AtpTestExtension with(UnaryOperator<EmbeddedPds.Builder> settings) {
        return new AtpTestExtension(settings);
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("each test method has a PDS of its own, so there is none for "
                    + parameter.getDeclaringExecutable());
        }
        Store store = context.getStore(NAMESPACE);
        EmbeddedPds pds = store.computeIfAbsent(EmbeddedPds.class, type -> start(), EmbeddedPds.class);
        SessionStore sessionStore = store.computeIfAbsent(
                SessionStore.class, type -> new MemorySessionStore(pds.time()), SessionStore.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == EmbeddedPds.class) {
            return pds;
        } else if (type == VirtualTime.class) {
            return pds.time();
        } else if (type == SessionStore.class) {
            return sessionStore;
        }
        return sessions(pds, sessionStore, context);
    }

    private EmbeddedPds start() {
        // On a stopped clock, a program that waits a second before it tries again would wait for ever.
        return settings.apply(EmbeddedPds.builder().time(VirtualTime.running())).start();
    }

    private static Sessions sessions(EmbeddedPds pds, SessionStore store, ExtensionContext context) {
        HttpTransport transport = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(HttpTransport.class, type -> HttpTransport.create(), HttpTransport.class);
        return Sessions.builder()
                .transport(transport)
                .time(pds.time())
                .store(store)
                .identity(NetworkIdentityResolver.builder(transport)
                        .directory(pds.plcUrl())
                        .time(pds.time())
                        .build())
                .build();
    }

    /** Adds to a test's failure what the PDS was asked. */
    @Override
    public void afterEach(ExtensionContext context) {
        EmbeddedPds pds = context.getStore(NAMESPACE).get(EmbeddedPds.class, EmbeddedPds.class);
        if (pds != null) {
            context.getExecutionException()
                    .ifPresent(failure ->
                            failure.addSuppressed(new PdsJournal(pds.journal().entries())));
        }
    }
}
