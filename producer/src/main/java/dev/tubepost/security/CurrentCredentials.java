package dev.tubepost.security;

/** Name and password that can be exchanged at any time. <em>Thread-safe.</em> */
public final class CurrentCredentials implements CredentialsProvider {

    private volatile Credentials current;

    public CurrentCredentials(Credentials first) {
        current = first;
    }

    /** From now on, these. */
    public void exchange(Credentials next) {
        current = next;
    }

    @Override
    public Credentials credentials() {
        return current;
    }
}
