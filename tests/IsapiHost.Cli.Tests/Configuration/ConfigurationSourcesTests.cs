using IsapiHost.Cli.CommandLine;
using IsapiHost.Cli.Configuration;
using Microsoft.Extensions.Configuration;

namespace IsapiHost.Cli.Tests.Configuration;

public sealed class ConfigurationSourcesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("isapihost-");
    private readonly FaultList _faults = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_missing_file_is_no_fault()
    {
        ConfigurationSources.Load(_folder.FullName, logFormat: null, _faults);

        Assert.Empty(_faults.Lines);
    }

    [Fact]
    public void A_broken_file_is_a_fault_that_names_the_line()
    {
        Write("{\n  \"Isapi\": {\n    \"Dlls\": [ \"x.so\" }\n}");

        ConfigurationSources.Load(_folder.FullName, logFormat: null, _faults);

        Assert.StartsWith("appsettings.json: is not valid JSON in line 3: ", Assert.Single(_faults.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_in_the_file_is_named_by_file_and_key()
    {
        Write("{ \"Isapi\": { \"Dlls\": [ \"x.so\" ], \"Threads\": { \"Limit\": -5 }, // comments are fine\n } }");

        IConfigurationRoot configuration = ConfigurationSources.Load(_folder.FullName, logFormat: null, _faults);
        HostSettingsBinder.Bind(HostCommandLine.Parse([], _faults).Settings, configuration, _faults);

        Assert.Equal(["appsettings.json, Isapi:Threads:Limit: \"-5\": write a whole number from 1 to 10000."], _faults.Lines);
    }

    private void Write(string json) => File.WriteAllText(Path.Combine(_folder.FullName, ConfigurationSources.FileName), json);
}
