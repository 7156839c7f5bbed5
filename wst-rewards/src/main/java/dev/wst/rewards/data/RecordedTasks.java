package dev.wst.rewards.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link TaskRecorder}. A line ends with room for feedback, blank until some comes, so that nothing has to be kept
 * back or written anew for it.
 */
final class RecordedTasks implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ROOM = 40;
    private static final String AFTER_ROOM = "}\n";
    private static final String FEEDBACK = ",\"feedback\":";
    private static final int MOST_ANSWERS = 10_000;

    /**
     * Files that recorders of this process have locked. Such locks belong to a process: to open and close one of these again, only to
     * find out that it is locked, would give the lock back.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final long mostBytes;
    /** Not a channel: that would close for good under an app's interrupted thread. */
    private final RandomAccessFile file;
    /** Where the room of each task is. */
    private final Map<String, Long> rooms = new HashMap<>();
    /** The tasks of the last answers. */
    private final Map<String, String> answered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_ANSWERS;
        }
    };

    private long end;

    private RecordedTasks(Path path, long mostBytes, RandomAccessFile file) {
        this.path = path;
        this.mostBytes = mostBytes;
        this.file = file;
    }

    static RecordedTasks open(Path path, long mostBytes) {
        Path held = path.toAbsolutePath().normalize();
        if (!HELD.add(held)) {
            throw taken(path);
        }
        try {
            return openAlone(path, mostBytes);
        } catch (RuntimeException | Error e) {
            HELD.remove(held);
            throw e;
        }
    }

    private static RecordedTasks openAlone(Path path, long mostBytes) {
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            boolean done = false;
            try {
                RecordedTasks opened = new RecordedTasks(path, mostBytes, file);
                opened.lock();
                opened.readAgain();
                done = true;
                return opened;
            } finally {
                if (!done) {
                    file.close();
                }
            }
        } catch (IOException e) {
            throw new TaskFileException(path, "cannot be opened: " + e, e);
        }
    }

    private void lock() throws IOException {
        try {
            // Given back when the file is closed.
            if (file.getChannel().tryLock() == null) {
                throw taken(path);
            }
        } catch (OverlappingFileLockException e) {
            // By another name, such as a link's.
            throw taken(path);
        }
    }

    private static TaskFileException taken(Path path) {
        return new TaskFileException(path, "is being written by another recorder; give each a file of its own", null);
    }

    private void readAgain() throws IOException {
        if (!Files.isRegularFile(path)) {
            return;
        }
        // Not by its path: closing any other channel to a file gives a process's locks of it back.
        byte[] all = new byte[Math.toIntExact(file.length())];
        file.seek(0);
        file.readFully(all);
        int line = 0;
        int from = 0;
        for (int at = 0; at < all.length; at++) {
            if (all[at] == '\n') {
                line++;
                remember(line, new String(all, from, at + 1 - from, StandardCharsets.UTF_8), at + 1);
                from = at + 1;
            }
        }
        // What was being written when a process died is written over.
        end = from;
        file.setLength(end);
    }

    private void remember(int line, String text, long lineEnd) throws IOException {
        int room = text.length() - AFTER_ROOM.length() - ROOM;
        String held = room < 0 ? "" : text.substring(room, room + ROOM);
        if (!text.endsWith(AFTER_ROOM) || room < 0 || !(held.isBlank() || held.startsWith(FEEDBACK))) {
            throw new TaskFileException(path, line, "not written by a recorder; choose another file", null);
        }
        JsonNode task = MAPPER.readTree(text);
        String id = task.path("id").asText();
        rooms.put(id, lineEnd - AFTER_ROOM.length() - ROOM);
        if (task.has("response_id")) {
            answered.put(task.path("response_id").asText(), id);
        }
    }

    Path path() {
        return path;
    }

    /** Whether a task stands in the file; its newest answer is known from now on. */
    synchronized boolean holds(String id, @Nullable String responseId) {
        if (!rooms.containsKey(id)) {
            return false;
        }
        if (responseId != null) {
            answered.put(responseId, id);
        }
        return true;
    }

    synchronized TaskRecorder.Outcome add(String id, @Nullable String responseId, Map<String, Object> task)
            throws IOException {
        if (holds(id, responseId)) {
            return TaskRecorder.Outcome.REPEATED;
        }
        if (responseId != null) {
            task.put("response_id", responseId);
        }
        String json = MAPPER.writeValueAsString(task);
        byte[] line =
                (json.substring(0, json.length() - 1) + " ".repeat(ROOM) + AFTER_ROOM).getBytes(StandardCharsets.UTF_8);
        if (end + line.length > mostBytes) {
            return TaskRecorder.Outcome.FILE_FULL;
        }
        file.seek(end);
        file.write(line);
        end += line.length;
        rooms.put(id, end - AFTER_ROOM.length() - ROOM);
        if (responseId != null) {
            answered.put(responseId, id);
        }
        return TaskRecorder.Outcome.RECORDED;
    }

    /** Whether the answer is known. */
    synchronized boolean feedback(String responseId, double value) throws IOException {
        String id = answered.get(responseId);
        Long room = id == null ? null : rooms.get(id);
        if (room == null) {
            return false;
        }
        String text = FEEDBACK + value;
        file.seek(room);
        file.write((text + " ".repeat(ROOM - text.length())).getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
            HELD.remove(path.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new TaskFileException(path, "cannot be closed: " + e, e);
        }
    }
}
