// SPDX-License-Identifier: MIT OR Apache-2.0
package dev.atp4j.lexicon.generator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes generated sources look as if a person had written them: short comments in one line, long declarations in several. */
final class Layout {

    private static final int WIDTH = 120;
    private static final Pattern SHORT_COMMENT = Pattern.compile("/\\*\\*\n +\\* ([^\n]*)\n +\\*/");
    private static final Pattern EMPTY_BODY = Pattern.compile(" \\{\n *}\n");
    private static final Pattern HEAD =
            Pattern.compile("^( *)((?:public |static |final |sealed )*(?:class|interface) .*\\{)$", Pattern.MULTILINE);

    private Layout() {}

    static String of(String source) {
        String text = SHORT_COMMENT.matcher(source).replaceAll(match -> {
            int indent = match.start() - source.lastIndexOf('\n', match.start()) - 1;
            boolean fits = indent + match.group(1).length() + 7 <= WIDTH;
            return Matcher.quoteReplacement(fits ? "/** " + match.group(1) + " */" : match.group());
        });
        text = EMPTY_BODY.matcher(text).replaceAll(" {}\n");
        return HEAD.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(head(match.group(1), match.group(2)) + "\n"));
    }

    /** Breaks a declaration before what it extends, implements and permits, if it is too long for a line. */
    private static String head(String indent, String head) {
        if (indent.length() + head.length() <= WIDTH) {
            return indent + head;
        }
        String inner = indent + "        ";
        StringBuilder lines = new StringBuilder(indent);
        int depth = 0;
        int line = 0;
        String[] words = head.split(" ");
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            boolean start = depth == 0 && (word.equals("extends") || word.equals("permits"));
            if (start || i > 0 && !word.equals("{") && line + 3 + word.length() > WIDTH) {
                lines.append('\n').append(start ? inner : inner + "        ").append(word);
                line = inner.length() + word.length();
            } else {
                lines.append(i == 0 ? "" : " ").append(word);
                line += word.length() + 1;
            }
            depth += count(word, '<') - count(word, '>');
        }
        return lines.toString();
    }

    private static int count(String word, char wanted) {
        return (int) word.chars().filter(c -> c == wanted).count();
    }
}
