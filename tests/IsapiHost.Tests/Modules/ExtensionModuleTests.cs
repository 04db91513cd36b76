using IsapiHost.Modules;
using IsapiHost.Modules.Loading;

namespace IsapiHost.Tests.Modules;

public sealed unsafe class ExtensionModuleTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private readonly ModuleCompiler _compiler = new();

    public void Dispose() => _compiler.Dispose();

    [Fact]
    public void An_extension_is_started_called_ended_and_unloaded()
    {
        string path = BuildWithEvents();

        ExtensionModule module = ExtensionModule.Load(path);
        uint status = module.Invoke(null);
        var hangsIn = module.Terminate(_limit, unload: true);

        Assert.Equal(1u, status);
        Assert.Null(hangsIn);
        Assert.Equal(path, module.Path);
        Assert.Equal(new Version(3, 5), module.Version);
        Assert.Equal("A [31m test éxtension", module.Description);
        Assert.Equal("VHTU", _compiler.ReadEvents());
    }

    [Fact]
    public void A_module_without_TerminateExtension_description_and_version_is_served()
    {
        ExtensionModule module = ExtensionModule.Load(_compiler.BuildSharedObject("minimal.c", "ext.so"));

        Assert.Equal(new Version(0, 0), module.Version);
        Assert.Equal(string.Empty, module.Description);
        Assert.Equal(1u, module.Invoke(null));
        Assert.Null(module.Terminate(_limit, unload: true));
    }

    [Fact]
    public void One_file_under_two_names_is_loaded_and_started_once_and_ended_by_its_last_user()
    {
        string path = BuildWithEvents();
        string linkedFolder = Path.Combine(_compiler.Folder, "linked");
        Directory.CreateSymbolicLink(linkedFolder, _compiler.Folder);
        File.CreateSymbolicLink(Path.Combine(_compiler.Folder, "other.so"), "ext.so");

        ExtensionModule first = ExtensionModule.Load(path);
        ExtensionModule second = ExtensionModule.Load(Path.Combine(linkedFolder, "other.so"));

        Assert.Same(first, second);
        Assert.Null(first.Terminate(_limit, unload: true));
        Assert.Equal("V", _compiler.ReadEvents());
        Assert.Null(second.Terminate(_limit, unload: true));
        Assert.Equal("VTU", _compiler.ReadEvents());
        Assert.Throws<ObjectDisposedException>(() => second.Terminate(_limit, unload: true));
    }

    [Fact]
    public void Many_threads_that_load_one_file_start_it_once()
    {
        string path = BuildWithEvents();
        ExtensionModule[] modules = new ExtensionModule[32];

        Parallel.For(0, modules.Length, i => modules[i] = ExtensionModule.Load(path));

        Assert.Single(modules.Distinct());
        Assert.Equal("V", _compiler.ReadEvents());
        Parallel.ForEach(modules, m => m.Terminate(_limit, unload: true));
        Assert.Equal("VTU", _compiler.ReadEvents());
    }

    [Fact]
    public void The_other_role_of_a_file_shares_it_and_keeps_it_in_memory()
    {
        string path = BuildWithEvents();
        NativeModule asFilter = NativeModule.Acquire(ModulePreflight.Check(path));
        ExtensionModule asExtension = ExtensionModule.Load(path);

        Assert.Same(asFilter.Image, asExtension.Image);
        Assert.Null(asExtension.Terminate(_limit, unload: true));
        Assert.Equal("VT", _compiler.ReadEvents());
        asFilter.Release(unload: true);
        Assert.Equal("VTU", _compiler.ReadEvents());
    }

    [Fact]
    public void With_requests_outstanding_the_module_is_ended_but_stays_in_memory()
    {
        ExtensionModule module = ExtensionModule.Load(BuildWithEvents());

        Assert.Null(module.Terminate(_limit, unload: false));

        Assert.Equal("VT", _compiler.ReadEvents());
    }

    [Fact]
    public void A_TerminateExtension_that_hangs_is_left_behind_and_the_module_is_not_started_again()
    {
        string path = _compiler.BuildSharedObject("hangs_in_terminate.c", "hangs.so");
        ExtensionModule module = ExtensionModule.Load(path);

        Assert.Equal("TerminateExtension", module.Terminate(TimeSpan.FromMilliseconds(50), unload: true));

        ModuleLoadException refusal = Assert.Throws<ModuleLoadException>(() => ExtensionModule.Load(path));
        Assert.Equal(ModuleLoadError.LoadFailed, refusal.Error);
        Assert.Contains("Restart the host", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_in_the_modules_own_folder_is_found()
    {
        string neighbour = _compiler.BuildSharedObject("neighbour.c", "own/libneighbour.so", "-Wl,-soname,libneighbour.so");
        string path = _compiler.BuildSharedObject("needs_neighbour.c", "own/ext.so", neighbour);

        ExtensionModule module = ExtensionModule.Load(path);

        Assert.Equal(new Version(0, 42), module.Version);
        Assert.Null(module.Terminate(_limit, unload: true));
    }

    private string BuildWithEvents() => _compiler.BuildSharedObject("extension.c", "ext.so", $"-DEVENTS=\"{_compiler.Events}\"");
}
