using IsapiHost.Cli.CommandLine;
using IsapiHost.Cli.Configuration;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Tests.Configuration;

public sealed class OtherSectionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");
    private readonly FaultList _faults = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""{ "Isappi": { "Dlls": [ "a.so" ] } }""", "appsettings.json, Isappi: unknown setting. Did you mean Isapi?")]
    [InlineData("""{ "Kestrl": { } }""", "appsettings.json, Kestrl: unknown setting. Did you mean Kestrel?")]
    [InlineData("""{ "Kestrel": { "Certificate": { "Path": "a.pfx" } } }""", "appsettings.json, Kestrel:Certificate: unknown setting. Did you mean Certificates?")]
    [InlineData("""{ "Kestrel": { "Limits": { "MaxRequestLineSize": 0 } } }""", "appsettings.json, Kestrel:Limits:MaxRequestLineSize: \"0\":")]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Verbose" } } }""", "appsettings.json, Logging:LogLevel:Default: \"Verbose\": write Trace, Debug,")]
    [InlineData("""{ "Logging": { "Console": { "LogLevel": { "IsapiHost": "all" } } } }""", "appsettings.json, Logging:Console:LogLevel:IsapiHost: \"all\": write Trace,")]
    [InlineData("""{ "Logging": { "Console": { "FormatterName": "jason" } } }""", "appsettings.json, Logging:Console:FormatterName: \"jason\": write plain, simple, json, systemd.")]
    [InlineData("""{ "Logging": { "Console": { "Formatter": "json" } } }""", "appsettings.json, Logging:Console:Formatter: unknown setting.")]
    [InlineData("""{ "Logging": { "LogLevels": { "Default": "Debug" } } }""", "appsettings.json, Logging:LogLevels: unknown setting. Did you mean LogLevel?")]
    public void A_mistake_is_named(string file, string fault)
    {
        Write("appsettings.json", file);

        Bind();

        Assert.StartsWith(fault, Assert.Single(_faults.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_applications_sections_are_named_and_no_faults()
    {
        Write("appsettings.json", """{ "$schema": "x", "ConnectionStrings": { "Main": "…" }, "AllowedHosts": "*", "Logging": { "LogLevel": { "Default": "Warning" } } }""");

        var configuration = Bind();

        Assert.Empty(_faults.Lines);
        Assert.Equal(["appsettings.json, ConnectionStrings: isapihost does not read this."], OtherSections.Unread(configuration));
    }

    [Fact]
    public void The_file_of_the_environment_wins_and_is_named()
    {
        Write("appsettings.json", """{ "Isapi": { "Threads": { "Limit": 3, "QueueLimit": 4 } } }""");
        Write("appsettings.Production.json", """{ "Isapi": { "Threads": { "Limit": 0 } } }""");

        Bind();

        Assert.StartsWith("appsettings.Production.json, Isapi:Threads:Limit: \"0\":", Assert.Single(_faults.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_backslash_in_a_path_gets_a_hint()
    {
        Write("appsettings.json", """{ "Isapi": { "Dlls": [ "C:\legacy\ext.dll" ] } }""");

        Bind();

        Assert.Contains("JSON wants each backslash of a path twice", Assert.Single(_faults.Lines), StringComparison.Ordinal);
    }

    private IConfigurationRoot Bind()
    {
        IConfigurationRoot configuration = ConfigurationSources.Load(_folder.FullName, logFormat: null, _faults);
        HostSettingsBinder.Bind(HostCommandLine.Parse(["--dll", "a.so"], _faults).Settings, configuration, _faults);
        return configuration;
    }

    private void Write(string name, string json) => File.WriteAllText(Path.Combine(_folder.FullName, name), json);
}
