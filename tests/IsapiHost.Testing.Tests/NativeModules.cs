using System.Runtime.InteropServices;

namespace IsapiHost.Testing.Tests;

/// <summary>The modules that eng/build-native.sh has built; a test that needs a missing one is skipped.</summary>
internal static class NativeModules
{
    public static string SharedObject(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "shared objects are loaded on Linux only");
        string folder = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        string path = Path.Combine(Root(), "artifacts", "native", folder, $"{name}.so");
        Assert.SkipUnless(File.Exists(path), $"{path} is not built: run eng/build-native.sh");
        return path;
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IsapiHost.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
