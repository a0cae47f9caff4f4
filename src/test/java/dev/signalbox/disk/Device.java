package dev.signalbox.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Real files whose device fails, waits or is full when a test says so. */
final class Device implements FileOpener {

    final AtomicInteger created = new AtomicInteger();
    final AtomicInteger syncs = new AtomicInteger();

    /** Counts up when a sync has begun. */
    final Phaser begun = new Phaser(1);

    private final Semaphore permits = new Semaphore(0);
    private volatile boolean held;
    private volatile boolean syncsFail;
    private volatile boolean truncatesFail;
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    /** From now on each sync waits for {@link #release}. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
        permits.release(1_000);
    }

    void failSyncs(boolean fail) {
        syncsFail = fail;
    }

    void failTruncates() {
        truncatesFail = true;
    }

    /** Only so many bytes can be written from now on. */
    void room(long bytes) {
        room.set(bytes);
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        created.incrementAndGet();
        return new Channel(FileOpener.DEVICE.create(file));
    }

    private final class Channel extends FileChannel {

        private final FileChannel real;

        Channel(FileChannel real) {
            this.real = real;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (room.get() <= 0) {
                throw new IOException("No space left on device");
            }
            int limit = source.limit();
            source.limit(source.position() + (int) Math.min(source.remaining(), room.get()));
            int written = real.write(source);
            source.limit(limit);
            var _ = room.addAndGet(-written);
            return written;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            syncs.incrementAndGet();
            var _ = begun.arrive();
            if (held) {
                permits.acquireUninterruptibly();
            }
            if (syncsFail) {
                throw new IOException("Input/output error");
            }
            real.force(metaData);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            if (truncatesFail) {
                throw new IOException("Input/output error");
            }
            var _ = real.truncate(size);
            return this;
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            var _ = real.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
