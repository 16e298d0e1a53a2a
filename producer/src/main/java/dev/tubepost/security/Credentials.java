package dev.tubepost.security;

/** A user's name and password. <em>Immutable.</em> */
public record Credentials(String user, Secret password) {}
