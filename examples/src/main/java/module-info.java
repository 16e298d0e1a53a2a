/** Examples: they see what any user sees. */
module dev.tubepost.examples {
    requires dev.tubepost;
    requires static org.jspecify;
}
