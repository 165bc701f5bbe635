// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.identity;

import dev.atp4j.identity.IdentityException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/** Asks DNS through the JDK's naming provider. */
final class JndiTxtLookup implements TxtLookup {

    private static final String[] TXT = {"TXT"};

    private final String server;
    private final Duration patience;

    /**
     * @param server whom to ask: {@code dns://host:port}, or {@code dns:} for the servers that the machine is set up with
     * @param patience how long to wait for the first answer; two more tries wait twice and four times as long
     */
    JndiTxtLookup(String server, Duration patience) {
        this.server = server;
        this.patience = patience;
    }

    @Override
    @SuppressWarnings("BanJNDI") // this provider makes no objects of what it is told; the records are text
    public List<String> texts(String name) {
        try {
            var dns = new InitialDirContext(environment());
            try {
                return texts(dns.getAttributes(name, TXT).get("TXT"));
            } finally {
                dns.close();
            }
        } catch (NameNotFoundException e) {
            return List.of();
        } catch (NamingException e) {
            throw new IdentityException(Kind.UNAVAILABLE, "DNS gave no answer for " + name, e);
        }
    }

    @SuppressWarnings("JdkObsolete") // what the naming interface takes
    private Hashtable<String, String> environment() {
        var environment = new Hashtable<String, String>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, server);
        environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(patience.toMillis()));
        environment.put("com.sun.jndi.dns.timeout.retries", "3");
        return environment;
    }

    private static List<String> texts(@Nullable Attribute records) throws NamingException {
        var texts = new ArrayList<String>();
        if (records != null) {
            for (int i = 0; i < records.size(); i++) {
                if (records.get(i) instanceof String record) {
                    texts.add(joined(record));
                }
            }
        }
        return texts;
    }

    /**
     * Joins the character strings of a record. The provider puts a space between them, and quotes those that hold
     * spaces or quotes themselves.
     */
    private static String joined(String record) {
        var text = new StringBuilder(record.length());
        boolean quoted = false;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted && i + 1 < record.length()) {
                text.append(record.charAt(++i));
            } else if (c != ' ' || quoted) {
                text.append(c);
            }
        }
        return text.toString();
    }
}
