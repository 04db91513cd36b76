namespace IsapiHost.Cli.Configuration;

/// <summary>An option of the command line that says the same as a setting.</summary>
/// <param name="Setting">The setting of section <c>Isapi</c>, with <c>:</c> between its levels.</param>
/// <param name="Option">The option as the user knows it; faults begin with it.</param>
/// <param name="Values">Its values, in order.</param>
internal sealed record GivenOption(string Setting, string Option, IReadOnlyList<string> Values);
