namespace IsapiHost.Modules.Loading;

/// <summary>A call into native code that must not hold up whoever makes it: it runs on a thread of its own.</summary>
internal static class BoundedCall
{
    /// <returns>True if the call came back in time. If not, its thread is left behind; it does not keep the process alive.</returns>
    public static bool Run(string name, TimeSpan limit, Action call)
    {
        Thread thread = new(() => call()) { IsBackground = true, Name = name };
        thread.Start();
        return thread.Join(limit);
    }
}
