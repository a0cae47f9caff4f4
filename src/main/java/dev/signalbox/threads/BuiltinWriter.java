package dev.signalbox.threads;

import io.smallrye.mutiny.Uni;

/** Divides the text itself. */
final class BuiltinWriter implements ThreadWriter {

    private final BuiltinSplitter splitter;
    private final Workbench workbench;

    BuiltinWriter(BuiltinSplitter splitter, Workbench workbench) {
        this.splitter = splitter;
        this.workbench = workbench;
    }

    @Override
    public String name() {
        return "builtin";
    }

    @Override
    public Uni<Draft> write(Manuscript manuscript) {
        return workbench.work(
                manuscript.text().length(),
                () -> new Draft(splitter.split(manuscript.text()), Draft.Method.BUILTIN, false));
    }
}
