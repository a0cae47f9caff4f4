package dev.signalbox.threads;

import dev.signalbox.http.Sha256;
import dev.signalbox.origin.ChatAnswer;
import dev.signalbox.origin.ChatModel;
import dev.signalbox.origin.OriginFailure;
import dev.signalbox.usage.UsageCounter;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/** Lets a model write, and somebody else where it cannot. */
final class ModelWriter implements ThreadWriter {

    private static final Logger LOG = Logger.getLogger(ModelWriter.class);

    private static final int SHORT_HASH = 8;

    private final ChatModel model;
    private final Prompt prompt;
    private final BuiltinSplitter splitter;
    private final Workbench workbench;
    private final ThreadWriter standIn;
    private final UsageCounter usage;

    ModelWriter(
            ChatModel model,
            Prompt prompt,
            BuiltinSplitter splitter,
            Workbench workbench,
            ThreadWriter standIn,
            UsageCounter usage) {
        this.model = model;
        this.prompt = prompt;
        this.splitter = splitter;
        this.workbench = workbench;
        this.standIn = standIn;
        this.usage = usage;
    }

    @Override
    public String name() {
        String which = Sha256.hex(model.address().toString()).substring(0, SHORT_HASH);
        return "openai:" + model.name() + ":" + which + ":" + Prompt.VERSION;
    }

    @Override
    public Uni<Draft> write(Manuscript manuscript) {
        return model.ask(prompt.of(manuscript))
                .invoke(answer -> usage.tokensUsed(answer.tokens()))
                .chain(answer -> draft(answer, manuscript))
                .onFailure(OriginFailure.class)
                .recoverWithItem(failure -> {
                    // What keeps it from being asked was logged when it happened.
                    Level level = failure instanceof OriginFailure.LeftAlone ? Level.DEBUG : Level.WARN;
                    LOG.logf(level, "[Threads] A thread is made without the model: %s", failure.getMessage());
                    return Optional.empty();
                })
                .chain(draft -> draft.map(Uni.createFrom()::item).orElseGet(() -> makeshift(manuscript)));
    }

    private Uni<Optional<Draft>> draft(ChatAnswer answer, Manuscript manuscript) {
        if (!answer.isComplete()) {
            LOG.warn("[Threads] A thread is made without the model: its answer ended early, or says nothing");
            return Uni.createFrom().item(Optional.empty());
        }
        return workbench.work(answer.content().length(), () -> {
            String text = manuscript.text();
            Optional<List<String>> posts = ModelPosts.read(answer.content(), text.codePointCount(0, text.length()));
            if (posts.isEmpty()) {
                LOG.warn("[Threads] A thread is made without the model: its answer is none");
            }
            return posts.map(written -> new Draft(splitter.split(written), Draft.Method.OPENAI, false));
        });
    }

    private Uni<Draft> makeshift(Manuscript manuscript) {
        return standIn.write(manuscript).map(draft -> new Draft(draft.posts(), draft.method(), true));
    }
}
