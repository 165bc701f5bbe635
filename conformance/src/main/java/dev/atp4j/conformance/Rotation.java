// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atp4j.data.LexMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What refreshSession does with the tokens: successors, grace, lifetimes. */
final class Rotation {

    private static final String REVOKED = "Token has been revoked";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofHours(2);
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Rotation() {}

    static List<Scenario> scenarios() {
        return List.of(
                Scenario.of("rotation/new-pair", "a refresh gives a new pair of the same account", world -> {
                    Tokens first = session(world);
                    Tokens second = world.wire().refresh(first);
                    assertThat(second.did()).isEqualTo(first.did());
                    assertThat(second.jti()).isNotEqualTo(first.jti());
                    world.wire().getSession(second.access()).ok();
                }),
                Scenario.of("rotation/lifetimes", "an access token lives two hours, a refresh token 90 days", world -> {
                    Tokens tokens = session(world);
                    LexMap access = Tokens.claims(tokens.access());
                    LexMap refresh = Tokens.claims(tokens.refresh());
                    assertThat(life(access)).isEqualTo(7_200);
                    assertThat(life(refresh)).isEqualTo(7_776_000);
                    assertThat(access.getString("jti")).isEmpty();
                    assertThat(access.getString("scope")).hasValue("com.atproto.access");
                    assertThat(refresh.getString("scope")).hasValue("com.atproto.refresh");
                    assertThat(Tokens.header(tokens.access()).getString("typ")).hasValue("at+jwt");
                    assertThat(Tokens.header(tokens.refresh()).getString("typ")).hasValue("refresh+jwt");
                    assertThat(access.getString("aud")).isEqualTo(refresh.getString("aud"));
                    assertThat(access.getString("sub")).hasValue(tokens.did());
                }),
                Scenario.of("rotation/jti", "a refresh token's jti is 32 bytes in unpadded standard base64", world -> {
                    assertThat(session(world).jti()).matches("[A-Za-z0-9+/]{43}");
                }),
                Scenario.of(
                        "rotation/access-expires", "an access token is good to its last minute, not longer", world -> {
                            Tokens tokens = session(world);
                            world.advance(GRACE.minus(MINUTE));
                            world.wire().getSession(tokens.access()).ok();
                            world.advance(MINUTE.multipliedBy(2));
                            world.wire().getSession(tokens.access()).refused(400, "ExpiredToken", "Token has expired");
                        }),
                Scenario.of("rotation/access-outlives", "a refresh does not end the access token before it", world -> {
                    Tokens tokens = session(world);
                    world.wire().refresh(tokens);
                    world.wire().getSession(tokens.access()).ok();
                }),
                Scenario.of(
                        "rotation/stable-successor",
                        "a used refresh token works again within two hours and gives the same successor",
                        world -> {
                            Tokens first = session(world);
                            Tokens second = world.wire().refresh(first);
                            world.advance(GRACE.minus(MINUTE));
                            assertThat(world.wire().refresh(first).jti()).isEqualTo(second.jti());
                        }),
                Scenario.of("rotation/grace-ends", "a used refresh token is dead after two hours", world -> {
                    Tokens first = session(world);
                    world.wire().refresh(first);
                    world.advance(GRACE.plus(MINUTE));
                    world.wire().refresh(first.refresh()).refused(400, "ExpiredToken", REVOKED);
                }),
                Scenario.of("rotation/grace-is-fixed", "using a token again does not lengthen its grace", world -> {
                    Tokens first = session(world);
                    world.wire().refresh(first);
                    world.advance(GRACE.minus(MINUTE));
                    world.wire().refresh(first);
                    world.advance(MINUTE.multipliedBy(2));
                    world.wire().refresh(first.refresh()).refused(400, "ExpiredToken", REVOKED);
                }),
                Scenario.of(
                        "rotation/late-reuse",
                        "a stale token that is tried too late harms neither its successor nor the current one",
                        world -> {
                            Tokens first = session(world);
                            Tokens second = world.wire().refresh(first);
                            world.advance(GRACE.plus(MINUTE));
                            Tokens third = world.wire().refresh(second);
                            world.wire().refresh(first.refresh()).refused(400, "ExpiredToken", REVOKED);
                            world.wire().refresh(third);
                        }),
                Scenario.of(
                        "rotation/grandparent",
                        "a grandparent in grace gives the parent's jti again, with a later iat than the current token",
                        world -> {
                            Tokens first = session(world);
                            Tokens second = world.wire().refresh(first);
                            world.advance(MINUTE);
                            Tokens third = world.wire().refresh(second);
                            world.advance(MINUTE);
                            Tokens again = world.wire().refresh(first);
                            assertThat(again.jti()).isEqualTo(second.jti());
                            assertThat(issued(again)).isGreaterThan(issued(third));
                            world.wire().refresh(third);
                        }),
                Scenario.of(
                        "rotation/exp-is-not-the-end",
                        "a re-issued token dies with the grace of its jti although its exp says 90 days",
                        world -> {
                            Tokens first = session(world);
                            Tokens second = world.wire().refresh(first);
                            Tokens third = world.wire().refresh(second);
                            world.advance(HOUR);
                            Tokens again = world.wire().refresh(first);
                            assertThat(life(Tokens.claims(again.refresh()))).isEqualTo(LIFE.toSeconds());
                            world.advance(HOUR.plus(MINUTE));
                            world.wire().refresh(again.refresh()).refused(400, "ExpiredToken", REVOKED);
                            world.wire().refresh(third);
                        }),
                Scenario.of(
                        "rotation/sibling-without-store",
                        "two holders that refresh apart lose each other, even if both refresh within two hours",
                        world -> {
                            Tokens first = session(world);
                            Tokens second = world.wire().refresh(first);
                            world.advance(MINUTE.multipliedBy(5));
                            world.wire().refresh(second);
                            world.advance(Duration.ofMinutes(110));
                            Tokens sibling = world.wire().refresh(first);
                            world.advance(Duration.ofMinutes(110));
                            world.wire().refresh(sibling.refresh()).refused(400, "ExpiredToken", REVOKED);
                        }),
                Scenario.of(
                        "rotation/short-grace", "grace ends with the token's own life if that comes first", world -> {
                            Tokens first = session(world);
                            world.wire().refresh(first);
                            world.advance(HOUR);
                            // The second copy's exp is an hour later than the row's: what follows is the row's doing.
                            Tokens copy = world.wire().refresh(first);
                            world.advance(LIFE.minus(HOUR).minus(MINUTE));
                            world.wire().refresh(copy);
                            world.wire().refresh(copy);
                            world.advance(MINUTE.multipliedBy(2));
                            world.wire().refresh(copy.refresh()).refused(400, "ExpiredToken", REVOKED);
                        }),
                Scenario.of("rotation/exp", "a refresh token past its exp is refused with a text of its own", world -> {
                    Tokens tokens = session(world);
                    world.advance(LIFE.plus(MINUTE));
                    world.wire().refresh(tokens.refresh()).refused(400, "ExpiredToken", "Token has expired");
                }),
                Scenario.of("rotation/parallel", "fifty refreshes at once all succeed and agree on one jti", world -> {
                    Tokens tokens = session(world);
                    Set<String> successors = new HashSet<>();
                    for (Tokens next :
                            Crew.of(50, () -> world.wire().refresh(tokens)).results()) {
                        successors.add(next.jti());
                    }
                    assertThat(successors).hasSize(1).doesNotContain(tokens.jti());
                }),
                Scenario.of(
                        "rotation/same-second",
                        "tokens of one jti that were made in the same second are the same text",
                        world -> {
                            Tokens tokens = session(world);
                            Map<Long, Tokens> bySecond = new HashMap<>();
                            int compared = 0;
                            for (Tokens next : Crew.of(10, () -> world.wire().refresh(tokens))
                                    .results()) {
                                Tokens other = bySecond.putIfAbsent(issued(next), next);
                                if (other != null) {
                                    assertThat(next.refresh()).isEqualTo(other.refresh());
                                    assertThat(next.access()).isEqualTo(other.access());
                                    compared++;
                                }
                            }
                            assertThat(compared).isPositive();
                        }),
                Scenario.of("rotation/rows", "each login leaves a row, and so does each refresh", world -> {
                    Account account = world.createAccount();
                    int before = world.liveTokens(account);
                    Tokens tokens = world.wire().logIn(account);
                    world.wire().refresh(tokens);
                    world.wire().refresh(tokens);
                    assertThat(world.liveTokens(account) - before).isEqualTo(2);
                }));
    }

    private static Tokens session(World world) {
        return world.createAccount().born();
    }

    private static long life(LexMap claims) {
        return claims.getLong("exp").orElseThrow() - claims.getLong("iat").orElseThrow();
    }

    private static long issued(Tokens tokens) {
        return Tokens.claims(tokens.refresh()).getLong("iat").orElseThrow();
    }
}
