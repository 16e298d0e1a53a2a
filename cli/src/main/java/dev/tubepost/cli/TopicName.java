package dev.tubepost.cli;

import java.util.regex.Pattern;

/**
 * What a topic may be called. <em>Stateless.</em> It is the library's rule, which is Kafka's; it stands here once more because the library
 * tells only once there is a cluster, and a wrong name is to be told before anything is started or asked.
 */
final class TopicName {

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private TopicName() {}

    /**
     * Gives the name back if it is one.
     *
     * @throws UsageException if it is not
     */
    static String checked(String name) {
        if (!FORM.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new UsageException("--topic '" + name + "': must be 1 to 249 letters, digits, '.', '_' and '-', and"
                    + " neither '.' nor '..'");
        }
        return name;
    }
}
