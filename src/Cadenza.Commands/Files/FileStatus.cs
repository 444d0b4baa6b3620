#if NET
using System;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Cadenza.Commands.Files;

/// <summary>
/// The type, owner and identity of a file on Linux and macOS. .NET has no public API for them, so this uses the
/// library of the runtime, whose structure is the same on both.
/// </summary>
internal readonly struct FileStatus
{
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;

    private readonly Native _native;

    private FileStatus(Native native) => _native = native;

    /// <summary>Whether it is a regular file: not a folder, pipe, socket or device.</summary>
    public bool IsRegular => (_native.Mode & TypeMask) == RegularType;

    /// <summary>Whether the file belongs to the user who runs this process.</summary>
    public bool IsOwn => _native.Uid == GetEffectiveUserId();

    /// <summary>Whether both are the same file, regardless of its path.</summary>
    public bool IsSameAs(FileStatus other) =>
        (_native.Dev, _native.Ino) == (other._native.Dev, other._native.Ino);

    /// <summary>Returns the status of a file without opening it; null if there is none. Follows links.</summary>
    public static FileStatus? Of(string path) => Stat(path, out Native native) == 0 ? new FileStatus(native) : null;

    /// <summary>Returns the status of an open file; null if it cannot be determined.</summary>
    public static FileStatus? Of(SafeFileHandle handle) =>
        FStat(handle, out Native native) == 0 ? new FileStatus(native) : null;

    private static int Stat(string path, out Native native)
    {
        byte[] text = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, 0, path.Length, text, 0);
        return StatUtf8(text, out native);
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatUtf8(byte[] path, out Native native);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_FStat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FStat(SafeFileHandle handle, out Native native);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Native
    {
        public readonly int Flags;
        public readonly int Mode;
        public readonly uint Uid;
        public readonly uint Gid;
        public readonly long Size;
        public readonly long AccessTime;
        public readonly long AccessNanoseconds;
        public readonly long ModificationTime;
        public readonly long ModificationNanoseconds;
        public readonly long ChangeTime;
        public readonly long ChangeNanoseconds;
        public readonly long BirthTime;
        public readonly long BirthNanoseconds;
        public readonly long Dev;
        public readonly long RDev;
        public readonly long Ino;
        public readonly uint UserFlags;

        // Space for members that a later version of the runtime may add.
        private readonly long _reserved1;
        private readonly long _reserved2;
        private readonly long _reserved3;
        private readonly long _reserved4;
    }
}
#endif
