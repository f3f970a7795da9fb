/** The part of a Java driver that no history changes: `java.py` writes the metrics beside it. */

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class Measure {
    interface Expression<T> {
        Object of(T x) throws Throwable;
    }

    interface Reader<T> {
        T read(String line);
    }

    interface Metric {
        List<String> values() throws IOException;
    }

    private static final Map<String, Metric> METRICS = new LinkedHashMap<>();

    static void texts(String name, String pool, Expression<String> of) {
        metric(name, pool, of, Measure::text);
    }

    static void numbers(String name, String pool, Expression<Double> of) {
        metric(name, pool, of, Double::parseDouble);
    }

    static void textss(String name, String pool, Expression<String[]> of) {
        metric(name, pool, of, line -> {
            String[] parts = line.isEmpty() ? new String[0] : line.split(" ");
            for (int at = 0; at < parts.length; at++) {
                parts[at] = text(parts[at]);
            }
            return parts;
        });
    }

    private static <T> void metric(String name, String pool, Expression<T> of, Reader<T> reader) {
        METRICS.put(name, () -> {
            List<String> values = new ArrayList<>();
            for (String line : Files.readAllLines(Path.of(pool + ".pool"))) {
                values.add(value(of, reader.read(line)));
            }
            return values;
        });
    }

    private static String text(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) Integer.parseInt(hex.substring(2 * at + 1, 2 * at + 3), 16);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static <T> String value(Expression<T> of, T x) {
        try {
            return number(of.of(x));
        } catch (Throwable raised) {
            return "null";
        }
    }

    /** Measures a text by its length and letters, so that any change shows. */
    private static String number(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Boolean) {
            return (Boolean) value ? "1" : "0";
        }
        if (value instanceof Number) {
            double measured = ((Number) value).doubleValue();
            if (Double.isNaN(measured) || Double.isInfinite(measured)) {
                return "null";
            }
            return Double.toString(Double.parseDouble(String.format("%.8e", measured)));
        }
        String text = String.valueOf(value);
        int sum = text.codePoints().sum();
        return Double.toString(text.codePointCount(0, text.length()) + Math.floorMod(sum, 997) / 9970.0);
    }

    /** Prints a line for each of the metrics named, as soon as it is known. */
    static void all(String[] names) throws IOException {
        PrintStream answers = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        Thread clock = new Thread(() -> {
            try {
                Thread.sleep(6000);
            } catch (InterruptedException woken) {
                return;
            }
            Runtime.getRuntime().halt(1);
        });
        clock.setDaemon(true);
        clock.start();
        for (String name : names) {
            if (METRICS.containsKey(name)) {
                answers.println("[\"" + name + "\", " + METRICS.get(name).values() + "]");
                answers.flush();
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
