package dev.signalbox.http;

import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks where limits do who a request counts for. In tests only. */
@jakarta.ws.rs.ext.Provider
@RequesterFilter.Asked
@Priority(FilterOrder.LIMITS)
public class RequesterFilter implements ContainerRequestFilter {

    static final String PROPERTY = RequesterFilter.class.getName();

    private final Provider<Requesters> requesters;

    // As in ClientKeyFilter: filters are made before there is a configuration.
    RequesterFilter(Provider<Requesters> requesters) {
        this.requesters = requesters;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, requesters.get().of(request));
    }

    /** Marks the routes of which the filter asks. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    public @interface Asked {}
}
