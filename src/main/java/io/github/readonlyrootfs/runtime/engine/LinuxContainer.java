// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Access.Cause;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.runtime.engine.MountTable.End;
import io.github.readonlyrootfs.runtime.engine.MountTable.Entered;
import io.github.readonlyrootfs.runtime.engine.MountTable.Walk;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A Linux container: the answers follow the order in which the kernel checks. */
final class LinuxContainer implements ContainerRuntime {

    private final ContainerDefinition definition;
    private final Image image;
    private final Platform platform;
    private final ContainerUser user;
    private final Mounts mounts;
    private final List<StartFailure> failures;
    private final boolean created;
    private final List<AccessReason> unplaced;
    private final SharedMemory sharedMemory;
    private final Map<ContainerPath, String> declaring;

    /** The rules ask about the same paths again and again. */
    private final Map<ContainerPath, Access> answers = new ConcurrentHashMap<>();

    private final Map<ContainerPath, Access> answersWithParents = new ConcurrentHashMap<>();
    private final Map<ContainerPath, Access> answersInside = new ConcurrentHashMap<>();

    LinuxContainer(
            ContainerDefinition definition,
            Image image,
            Platform platform,
            MountPlan plan,
            List<StartFailure> sourceFailures,
            EmptyVolumes volumes,
            SharedMemory sharedMemory) {
        this.definition = definition;
        this.image = image;
        this.platform = platform;
        this.sharedMemory = sharedMemory;
        UserResolver.Resolved resolved = new UserResolver(definition, image).resolve();
        this.mounts = new Mounts(image, volumes, platform, sharedMemory);
        mounts.mount(plan);
        this.user = mounts.hasVolumeGroup() ? resolved.user().in(TaskVolumes.EBS_GROUP) : resolved.user();
        // The problem is inherited from its source, and is fixed there.
        List<StartFailure> all = new ArrayList<>(sourceFailures.isEmpty() ? mounts.failures() : sourceFailures);
        Optional<WorkingDirectory> workdir = WorkingDirectory.of(definition, image);
        Optional<StartFailure> refused = workdir.isPresent() ? workdir.get().refusal(image) : Optional.empty();
        if (refused.isPresent()) {
            all.add(refused.get());
        }
        // The runtime finds that when it starts what the engine has created.
        this.created = all.stream().allMatch(failure -> failure.problem() instanceof StartProblem.MountHidesLink);
        Optional<StartFailure> unmade =
                all.isEmpty() && workdir.isPresent() ? mounts.make(workdir.get()) : Optional.empty();
        if (unmade.isPresent()) {
            all.add(unmade.get());
        }
        if (resolved.failure().isPresent()) {
            all.add(resolved.failure().get());
        }
        if (all.isEmpty()) {
            StartedFile.of(definition, image, workdir)
                    .flatMap(file -> file.refusal(mounts.table()))
                    .ifPresent(all::add);
        }
        this.failures = List.copyOf(all);
        this.unplaced = plan.unplaced();
        this.declaring = new HashMap<>();
        for (PlannedMount planned : plan.mounts()) {
            if (planned.inherited()) {
                declaring.put(planned.path(), planned.owner().name());
            }
        }
    }

    private LinuxContainer(LinuxContainer own, ContainerUser user) {
        this.definition = own.definition;
        this.image = own.image;
        this.platform = own.platform;
        this.sharedMemory = own.sharedMemory;
        this.mounts = own.mounts;
        this.user = user;
        this.failures = own.failures;
        this.created = own.created;
        this.unplaced = own.unplaced;
        this.declaring = own.declaring;
    }

    @Override
    public ContainerRuntime as(Value<String> other) {
        return other.isAbsent() ? this : new LinuxContainer(this, new UserResolver(definition, image).resolve(other));
    }

    @Override
    public ContainerDefinition definition() {
        return definition;
    }

    @Override
    public Image image() {
        return image;
    }

    @Override
    public Platform platform() {
        return platform;
    }

    @Override
    public ContainerUser user() {
        return user;
    }

    @Override
    public List<Mount> mounts() {
        return mounts.table().mounts();
    }

    @Override
    public Optional<Mount> mountAt(ContainerPath path) {
        return mounts.table().mountAt(path);
    }

    @Override
    public Optional<String> declaring(ContainerPath path) {
        return Optional.ofNullable(declaring.get(path));
    }

    /** Measured: a user that the image lacks is missed when the container starts, its volumes are there by then. */
    @Override
    public boolean isCreated() {
        return created;
    }

    @Override
    public List<StartFailure> startFailures() {
        return failures;
    }

    @Override
    public List<Overlap> overlaps() {
        return List.copyOf(mounts.overlaps());
    }

    @Override
    public Access access(ContainerPath path, boolean createsParents) {
        return createsParents ? answer(path, Integer.MAX_VALUE, answersWithParents) : answer(path, 1, answers);
    }

    @Override
    public Access accessIn(ContainerPath directory) {
        return answer(directory, 0, answersInside);
    }

    private Access answer(ContainerPath path, int missing, Map<ContainerPath, Access> known) {
        Access answer = known.get(path);
        if (answer == null) {
            answer = answer(path, missing);
            known.put(path, answer);
        }
        return answer;
    }

    /** @param missing how many of the path's last segments its writer makes */
    private Access answer(ContainerPath path, int missing) {
        if (!failures.isEmpty()) {
            return new Access(
                    WriteAccess.CANNOT_START,
                    Cause.CANNOT_START,
                    new AccessReason.CannotStart(failures.get(0)),
                    path,
                    Optional.empty(),
                    Optional.empty());
        }
        if (mounts.undecidedStart().isPresent()) {
            return unknown(Cause.UNKNOWN_START, mounts.undecidedStart().get(), path, Optional.empty());
        }
        if (path.depth() > ContainerPath.MAX_DEPTH || path.isTooLong()) {
            return unknown(Cause.UNKNOWN_OWNER, new AccessReason.PathTooLong(), path, Optional.empty());
        }
        Walk walk = mounts.table().walk(path);
        Optional<Mount> mount = mounts.table().mountOf(walk.real());

        // Looking a path up comes first: a directory that cannot be entered hides even that the rest is read-only.
        for (Entered directory : walk.entered()) {
            boolean onTheWay = !directory.path().equals(walk.real());
            if (onTheWay
                    && in(directory.path())
                            .may(Ownership.SEARCH, directory.ownership())
                            .isFalse()) {
                return notSearchable(directory);
            }
        }
        Reason undecided = mount.isPresent() ? mounts.undecided().get(mount.get()) : null;
        if (undecided != null) {
            return unknown(Cause.UNKNOWN_OWNER, undecided, walk.real(), mount);
        }
        if (!unplaced.isEmpty() && (mount.isEmpty() || mayBeHidden(walk.real(), mount.get()))) {
            return unknown(Cause.UNKNOWN_OWNER, unplaced.get(0), walk.real(), mount);
        }
        if (mount.isEmpty() || mount.get().readOnly()) {
            return readOnly(walk, mount);
        }
        return mounts.isKernels(mount.get())
                ? inKernelsMount(walk, mount.get())
                : inWritableMount(walk, mount.get(), missing);
    }

    /**
     * Whether a mount with an unknown path may be between a path and the mount that the path seems to be in. Two
     * mounts of one task at the same path keep the container from starting; others give way to those of the task. That
     * somebody mounts over the engine's own mounts is not supposed.
     */
    private static boolean mayBeHidden(ContainerPath real, Mount mount) {
        return switch (mount.declaration().kind()) {
            case ENGINE -> false;
            case IMAGE_VOLUME, VOLUMES_FROM -> true;
            default -> !real.equals(mount.target());
        };
    }

    /** Measured: not even root makes a file in /proc or /sys; what is further down has rules of its own. */
    private Access inKernelsMount(Walk walk, Mount mount) {
        Reason reason = mount.root().provenance();
        return walk.real().equals(mount.target())
                ? refused(
                        Cause.OWNER,
                        reason,
                        new Entered(mount.target(), mount.root().ownership()),
                        Optional.of(mount))
                : unknown(Cause.UNKNOWN_OWNER, reason, walk.real(), Optional.of(mount));
    }

    private Access notSearchable(Entered directory) {
        return refused(
                Cause.NOT_SEARCHABLE,
                new AccessReason.NotSearchable(directory.path(), directory.ownership()),
                directory,
                mounts.table().mountOf(directory.path()));
    }

    private Access readOnly(Walk walk, Optional<Mount> mount) {
        if (definition.process().privileged().known().orElse(false)
                && walk.real().isAtOrBelow(Mounts.SYS)) {
            Entered sys = new Entered(
                    Mounts.SYS, mount.map(at -> at.root().ownership()).orElse(Ownership.UNKNOWN));
            return refused(Cause.OWNER, new AccessReason.PrivilegedSys(), sys, mount);
        }
        // The kernel checks these permissions before it finds that the file system is read-only.
        Entered last = walk.deepest();
        if (walk.end() == End.DIRECTORY
                && user.may(Ownership.SEARCH, last.ownership()).isFalse()) {
            return notSearchable(last);
        }
        if (walk.end() == End.FILE
                && user.may(Ownership.WRITE, walk.last().ownership()).isFalse()) {
            Entered file = new Entered(walk.real(), walk.last().ownership());
            return refused(Cause.OWNER, new AccessReason.ReadOnlyFile(file.path(), file.ownership()), file, mount);
        }
        if (mount.isPresent()) {
            return new Access(
                    WriteAccess.READ_ONLY,
                    Cause.READ_ONLY_MOUNT,
                    new AccessReason.ReadOnlyMount(
                            mount.get().path(), mount.get().is(Mount.Kind.ENGINE)),
                    mount.get().target(),
                    mount,
                    Optional.empty());
        }
        if (!image.config().volumes().complete()) {
            return unknown(
                    Cause.UNKNOWN_OWNER, new AccessReason.VolumeMayBeThere(image.unknownBase()), walk.real(), mount);
        }
        return new Access(
                WriteAccess.READ_ONLY,
                Cause.NO_MOUNT,
                new AccessReason.NoMount(),
                walk.real(),
                mount,
                Optional.empty());
    }

    private Access inWritableMount(Walk walk, Mount mount, int missing) {
        if (walk.end() == End.FILE_IN_THE_WAY || walk.end() == End.TOO_MANY_LINKS) {
            Entered last = walk.deepest();
            return refused(Cause.NOT_A_DIRECTORY, new AccessReason.FileInTheWay(last.path()), last, Optional.of(mount));
        }
        if (walk.end() == End.UNKNOWN) {
            return unknownContent(walk, mount, missing);
        }
        if (walk.end() == End.DANGLING) {
            Entered last = walk.deepest();
            return refused(Cause.PARENT_MISSING, new AccessReason.DanglingLink(walk.real()), last, Optional.of(mount));
        }
        Entered deciding =
                walk.end() == End.FILE ? new Entered(walk.real(), walk.last().ownership()) : walk.deepest();
        if (walk.missing() > missing) {
            return refused(
                    Cause.PARENT_MISSING,
                    missing == 0
                            ? new AccessReason.DirectoryMissing(walk.real())
                            : new AccessReason.ParentMissing(walk.real().parent()),
                    deciding,
                    Optional.of(mount));
        }
        int bits = walk.end() == End.FILE ? Ownership.WRITE : Ownership.WRITE | Ownership.SEARCH;
        Truth permitted = in(deciding.path()).may(bits, deciding.ownership());
        for (Entered directory : walk.entered()) {
            if (!directory.path().equals(deciding.path())
                    && permitted.isTrue()
                    && in(directory.path())
                            .may(Ownership.SEARCH, directory.ownership())
                            .isUnknown()) {
                return unknown(
                        Cause.UNKNOWN_OWNER,
                        new AccessReason.SearchUnknown(directory.path(), directory.ownership()),
                        directory.path(),
                        Optional.of(mount));
            }
        }
        return switch (permitted) {
            case TRUE -> granted(deciding, mount);
            case FALSE ->
                refused(Cause.OWNER, withoutSharedMemory(walk, ownedBy(deciding, mount)), deciding, Optional.of(mount));
            case UNKNOWN -> unknownPermission(deciding, mount);
        };
    }

    private Access granted(Entered deciding, Mount mount) {
        boolean whoeverOwnsIt = in(deciding.path()).overridesPermissions()
                && !deciding.ownership().isKnown();
        return new Access(
                WriteAccess.WRITABLE,
                Cause.NONE,
                whoeverOwnsIt ? new AccessReason.RootWritesAnywhere(mount.path()) : ownedBy(deciding, mount),
                deciding.path(),
                Optional.of(mount),
                Optional.of(deciding.ownership()));
    }

    private Access unknownContent(Walk walk, Mount mount, int missing) {
        // Root may write to a writable mount with any content, and so may the only one who ever writes to it.
        Optional<ContainerUser> client = mounts.client(mount);
        boolean onlyClient = client.isPresent()
                && walk.missing() <= missing
                && client.get()
                        .may(Ownership.WRITE | Ownership.SEARCH, mount.root().ownership())
                        .isTrue();
        if (onlyClient) {
            return granted(new Entered(mount.target(), mount.root().ownership()), mount);
        }
        if (client.orElse(user).overridesPermissions()) {
            return new Access(
                    WriteAccess.WRITABLE,
                    Cause.NONE,
                    new AccessReason.RootWritesAnywhere(mount.path()),
                    mount.target(),
                    Optional.of(mount),
                    Optional.of(mount.root().ownership()));
        }
        Optional<OwnerReason> ofMount = walk.holder().flatMap(mounts::unknownContent);
        if (ofMount.isEmpty() && walk.last().isUnknown()) {
            return perhapsThere(walk, mount, missing);
        }
        Reason reason = ofMount.<Reason>map(of -> of).orElseGet(AccessReason.ContentUnknown::new);
        return unknown(Cause.UNKNOWN_OWNER, reason, walk.real(), Optional.of(mount));
    }

    /** A file that the image may have: the user must be able to create it, and to write it if it exists. */
    private Access perhapsThere(Walk walk, Mount mount, int missing) {
        boolean creates =
                walk.missing() == 1 && missing > 0 && certainly(walk.deepest().ownership());
        for (Entered directory : walk.entered()) {
            creates =
                    creates && user.may(Ownership.SEARCH, directory.ownership()).isTrue();
        }
        return creates && certainly(walk.last().ownership())
                ? granted(walk.deepest(), mount)
                : unknown(
                        creates ? Cause.UNKNOWN_FILE : Cause.UNKNOWN_OWNER,
                        new OwnerReason.OfImage(walk.last().why()),
                        walk.real(),
                        Optional.of(mount));
    }

    private boolean certainly(Ownership ownership) {
        return user.may(Ownership.WRITE | Ownership.SEARCH, ownership).isTrue();
    }

    private Access unknownPermission(Entered deciding, Mount mount) {
        ContainerUser who = in(deciding.path());
        if (who.unknownBecause().isPresent()) {
            return unknown(Cause.UNKNOWN_USER, who.unknownBecause().get(), deciding.path(), Optional.of(mount));
        }
        boolean atMount = deciding.path().equals(mount.target());
        AccessReason owner = ownedBy(deciding, mount);
        Reason reason = deciding.ownership().isKnown()
                ? new AccessReason.UserNotKnownWellEnough(who, owner)
                : atMount ? mount.root().provenance() : owner;
        return unknown(Cause.UNKNOWN_OWNER, reason, deciding.path(), Optional.of(mount));
    }

    private AccessReason ownedBy(Entered deciding, Mount mount) {
        AccessReason owner = deciding.path().equals(mount.target())
                ? new AccessReason.MountOwnedBy(mount.declaration().kind(), deciding.ownership())
                : new AccessReason.OwnedBy(deciding.path(), deciding.ownership());
        return mounts.client(mount)
                .<AccessReason>map(client -> new AccessReason.ByClient(client, owner))
                .orElse(owner);
    }

    /** Who asks for something in a directory: the container's user, or whom a server takes it for. */
    private ContainerUser in(ContainerPath directory) {
        return mounts.hasClients()
                ? mounts.table().mountOf(directory).flatMap(mounts::client).orElse(user)
                : user;
    }

    /** A missing /dev/shm is unusual and is mentioned in the reason. */
    private AccessReason withoutSharedMemory(Walk walk, AccessReason reason) {
        return sharedMemory.whose().isEmpty() && walk.real().isAtOrBelow(SharedMemory.PATH)
                ? new AccessReason.NoSharedMemory(sharedMemory.ipcModeKey(), reason)
                : reason;
    }

    private static Access refused(Cause cause, Reason reason, Entered decidedAt, Optional<Mount> mount) {
        return new Access(
                WriteAccess.NOT_PERMITTED, cause, reason, decidedAt.path(), mount, Optional.of(decidedAt.ownership()));
    }

    private static Access unknown(Cause cause, Reason reason, ContainerPath decidedAt, Optional<Mount> mount) {
        return new Access(WriteAccess.UNKNOWN, cause, reason, decidedAt, mount, Optional.empty());
    }

    @Override
    public String toString() {
        return definition.name() + " on " + platform;
    }
}
