/** SASL for the producer. Nothing of it is exported: the producer finds it as a service. */
module dev.tubepost.sasl {
    requires dev.tubepost;
    requires dev.tubepost.protocol;
    requires com.ongres.scram.common;
    requires com.nimbusds.jose.jwt;
    requires java.net.http;
    requires java.security.jgss;
    requires java.security.sasl;
    requires static org.jspecify;

    provides dev.tubepost.internal.env.SaslProvider with
            dev.tubepost.sasl.Authenticators;
}
