using System.ComponentModel;
using System.Diagnostics;

namespace IsapiHost.Workers.Processes;

/// <summary>A started worker and the two pipes of the wake-ups, which are its standard input and output. Its standard error is this process' own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly byte[] _byte = [0];
    private static readonly TimeSpan _exitBound = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Stream _toWorker;
    private readonly Stream _fromWorker;
    private readonly byte[] _received = new byte[64];
    private readonly Lock _sending = new();
    private bool _closed;

    private WorkerProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        _toWorker = process.StandardInput.BaseStream;
        _fromWorker = process.StandardOutput.BaseStream;
    }

    public int Id { get; }

    /// <exception cref="WorkerStartException">The system cannot start it.</exception>
    public static WorkerProcess Start(WorkerProgram program, string segmentPath)
    {
        var start = new ProcessStartInfo(program.File) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in program.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(program.PathForWorker(segmentPath));
        foreach (var (name, value) in program.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new WorkerProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new WorkerStartException($"The worker cannot be started: {program.File}: {e.Message}.", e);
        }
    }

    /// <summary>Sends a byte. A worker that is gone gets none; the reader sees its end.</summary>
    public void Wake()
    {
        lock (_sending)
        {
            if (_closed)
            {
                return;
            }

            try
            {
                _toWorker.Write(_byte);
                _toWorker.Flush();
            }
            catch (IOException)
            {
                // It has ended.
            }
        }
    }

    /// <summary>Waits for bytes. They have no content: what a module prints on a descriptor that it found may be among them. False at the worker's end.</summary>
    public bool WaitForWakeup()
    {
        try
        {
            return _fromWorker.Read(_received) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Tells the worker to end: it does so when its pipe has no writer any more.</summary>
    public void Close()
    {
        lock (_sending)
        {
            if (!_closed)
            {
                _closed = true;
                try
                {
                    _toWorker.Dispose();
                }
                catch (IOException)
                {
                    // It has ended.
                }
            }
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
        catch (Win32Exception)
        {
            // It is just ending.
        }
    }

    /// <summary>The exit code after the end; a process that has closed its pipe but does not end is ended.</summary>
    public int? WaitForExit()
    {
        if (!_process.WaitForExit(_exitBound))
        {
            Kill();
            if (!_process.WaitForExit(_exitBound))
            {
                return null;
            }
        }

        return _process.ExitCode;
    }

    public void Dispose()
    {
        Close();
        _fromWorker.Dispose();
        _process.Dispose();
    }
}
