package dev.signalbox.http;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/**
 * Which methods the resources at a path support.
 *
 * <p>Asks the routing tables of Quarkus REST, because nothing public of it knows: its own answer to {@code OPTIONS} lists
 * the methods of the whole class, and its 405 lists none.
 */
@Singleton
final class AllowedMethods {

    private final RequestMapper<InitialMatch> classes;

    AllowedMethods() {
        this.classes = new RequestMapper<>(
                ResteasyReactiveRecorder.getCurrentDeployment().getClassMappers());
    }

    /** The methods, sorted; empty where there is no resource. */
    Set<String> at(String path) {
        Set<String> methods = new TreeSet<>();
        RequestMapper.RequestMatch<InitialMatch> match = classes.map(path);
        while (match != null) {
            String rest = match.remaining.isEmpty() ? "/" : match.remaining;
            for (ServerRestHandler handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler routing) {
                    collect(routing, rest, methods);
                }
            }
            match = classes.continueMatching(path, match);
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }

    private static void collect(ClassRoutingHandler routing, String path, Set<String> methods) {
        routing.getMappers().forEach((method, mapper) -> {
            // The key is null for sub-resource locators, of which any method may be asked.
            if (method != null && mapper.map(path) != null) {
                methods.add(method);
            }
        });
    }
}
