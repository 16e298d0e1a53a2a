package dev.tubepost.internal.env;

import dev.tubepost.InvalidOptionsException;
import java.util.List;
import java.util.ServiceLoader;

/** Finds what is a module of its own. <em>Stateless.</em> */
public final class Modules {

    private Modules() {}

    /**
     * The module that provides a service.
     *
     * @param option what needs it, for the message
     * @param module its name; the artifact's is {@code tubepost-} and that
     * @throws InvalidOptionsException if it is not there
     */
    public static <P> P find(Class<P> service, String option, String module) {
        return ServiceLoader.load(service, Modules.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new InvalidOptionsException(List.of(option
                        + " needs a library that is not there: add the artifact dev.tubepost:tubepost-" + module)));
    }
}
