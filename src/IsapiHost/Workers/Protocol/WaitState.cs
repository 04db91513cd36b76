namespace IsapiHost.Workers.Protocol;

/// <summary>Whether a side sleeps. A waker moves Waiting to Signalled and then sends one byte, so that no byte is lost or doubled.</summary>
internal enum WaitState : uint
{
    Running = 0,
    Waiting = 1,
    Signalled = 2,
}
