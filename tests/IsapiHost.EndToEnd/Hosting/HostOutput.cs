using System.Diagnostics;
using System.Text;

namespace IsapiHost.EndToEnd.Hosting;

/// <summary>All that a process writes, standard output and error together, and the address it announces.</summary>
internal sealed class HostOutput
{
    private const string Announcement = "Now listening on: ";

    private readonly StringBuilder _text = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = 2;

    public HostOutput(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The first address that was announced.</summary>
    public Task<Uri> Address => _address.Task;

    /// <summary>When both streams have ended. Wine's services, started by the first program, can keep them open after its end.</summary>
    public Task End => _end.Task;

    public override string ToString()
    {
        lock (_text)
        {
            return _text.ToString();
        }
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _open) == 0)
            {
                _end.SetResult();
            }

            return;
        }

        lock (_text)
        {
            _text.AppendLine(line);
        }

        var at = line.IndexOf(Announcement, StringComparison.Ordinal);
        if (at >= 0)
        {
            _address.TrySetResult(new Uri(line[(at + Announcement.Length)..].Split('"')[0].Trim()));
        }
    }
}
