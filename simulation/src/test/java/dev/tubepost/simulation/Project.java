package dev.tubepost.simulation;

import java.nio.file.Path;

/** Where things are; tests run in the module's directory. */
final class Project {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path MODULE = ROOT.resolve("simulation");
    static final Path BUGS = MODULE.resolve("bugs");

    private Project() {}
}
