// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.pds.server;

import dev.atp4j.Secret;
import dev.atp4j.data.LexList;
import dev.atp4j.data.LexMap;
import dev.atp4j.data.LexValue;
import dev.atp4j.pds.server.AccountRow.AppPassword;
import dev.atp4j.pds.server.Field.Form;
import dev.atp4j.syntax.Datetime;
import java.util.ArrayList;
import java.util.List;

/** {@code com.atproto.server.*AppPassword*}. */
final class AppPasswordMethods {

    private AppPasswordMethods() {}

    static List<Method> all() {
        return List.of(
                Method.procedure("com.atproto.server.createAppPassword")
                        .json(
                                Field.text("name"),
                                Field.of("privileged", Form.FLAG).optional())
                        .auth(Auth.FULL.checkTakedown())
                        .aboutAccounts()
                        .does(AppPasswordMethods::create),
                Method.query("com.atproto.server.listAppPasswords")
                        .auth(Auth.STANDARD)
                        .aboutAccounts()
                        .does(AppPasswordMethods::list),
                Method.procedure("com.atproto.server.revokeAppPassword")
                        .json(Field.text("name"))
                        .auth(Auth.STANDARD)
                        .aboutAccounts()
                        .does(AppPasswordMethods::revoke));
    }

    static AppPassword add(Box box, AccountRow account, String name, boolean privileged) {
        String random = box.randomBase32(16);
        String password = String.join(
                "-", random.substring(0, 4), random.substring(4, 8), random.substring(8, 12), random.substring(12));
        var added = new AppPassword(
                name, Secret.of(password), privileged, box.time().now());
        if (account.appPasswords.putIfAbsent(name, added) != null) {
            // Two of one name break a constraint of the reference server's database.
            throw XrpcFailure.internal();
        }
        return added;
    }

    static void remove(AccountRow account, String name) {
        account.appPasswords.remove(name);
        account.home.authority.refreshTokens.revokeAppPassword(account.did, name);
    }

    private static Reply create(Call call) {
        AccountRow account = call.account().orElseThrow(XrpcFailure::internal);
        boolean privileged = call.input().getBoolean("privileged").orElse(false);
        AppPassword added = add(call.box(), account, call.text("name"), privileged);
        return Reply.json(LexMap.builder()
                .put("name", added.name())
                .put("password", added.password().expose())
                .put("createdAt", Datetime.of(added.createdAt()).value())
                .put("privileged", privileged)
                .build());
    }

    private static Reply list(Call call) {
        List<LexValue> newestFirst = new ArrayList<>();
        call.account()
                .ifPresent(account -> account.appPasswords
                        .values()
                        .forEach(each -> newestFirst.add(
                                0,
                                LexMap.builder()
                                        .put("name", each.name())
                                        .put(
                                                "createdAt",
                                                Datetime.of(each.createdAt()).value())
                                        .put("privileged", each.privileged())
                                        .build())));
        return Reply.json(
                LexMap.builder().put("passwords", new LexList(newestFirst)).build());
    }

    private static Reply revoke(Call call) {
        call.account().ifPresent(account -> remove(account, call.text("name")));
        return Reply.EMPTY;
    }
}
