namespace IsapiHost.Hosting.Settings;

/// <summary>What is wrong with one option.</summary>
/// <param name="Name">The option as configuration names it, below section <c>Isapi</c>: <c>Threads:Limit</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal readonly record struct OptionFault(string Name, string Message);
