using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IsapiHost.Transport;

/// <summary>Whether a client takes what is sent to it fast enough. What it takes earns it time, up to a minute.</summary>
/// <remarks>
/// Linux counts the bytes that the client has acknowledged. Elsewhere the time is that of Kestrel's own rule: each send earns what it may take
/// at the least rate, whatever of it waits in the system's buffers.
/// </remarks>
internal sealed class SendProgress
{
    // As long as nginx and Apache let a client pause.
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(60);

    private const int LeastStep = 1024 * 1024;
    private const int LargestStep = 1 << 30;

    private readonly Func<long?> _taken;
    private MinDataRate? _minimum;
    private bool _isCounted;
    private long _looked;
    private long _takenBefore;
    private double _credit;

    /// <param name="socket">The connection's.</param>
    public SendProgress(Socket socket)
        : this(() => TcpInfo.GetAcknowledged(socket))
    {
    }

    /// <param name="taken">Tells how many bytes the client has taken, or null where that is not known.</param>
    public SendProgress(Func<long?> taken)
    {
        _taken = taken;
        _isCounted = OperatingSystem.IsLinux();
    }

    /// <summary>The least rate; null for none.</summary>
    public MinDataRate? Minimum
    {
        get => Volatile.Read(ref _minimum);
        set => Volatile.Write(ref _minimum, value);
    }

    /// <summary>How much of a file shall be given to the system at once, so that its end is seen in good time.</summary>
    public int Step => Minimum is { } rate ? (int)Math.Clamp(rate.BytesPerSecond * rate.GracePeriod.TotalSeconds, LeastStep, LargestStep) : LargestStep;

    /// <summary>A send of so many bytes begins.</summary>
    public void Allow(long bytes)
    {
        if (Minimum is { } rate && !_isCounted)
        {
            _credit = Math.Max(_credit, rate.GracePeriod.TotalMilliseconds) + (bytes * 1000 / rate.BytesPerSecond);
        }
    }

    /// <summary>Looks after the client; to be called every second or so.</summary>
    /// <param name="isSending">Whether something waits to be sent at this moment.</param>
    /// <param name="now"><see cref="Environment.TickCount64"/>.</param>
    public bool IsTooSlow(bool isSending, long now)
    {
        if (!isSending || Minimum is not { } rate)
        {
            _looked = 0;
            return false;
        }

        var elapsed = now - _looked;
        var taken = _taken();
        _isCounted = taken is not null;
        if (_looked == 0)
        {
            elapsed = 0;
            _takenBefore = taken ?? 0;
            _credit = Math.Max(taken is null ? _credit : 0, rate.GracePeriod.TotalMilliseconds);
        }

        _looked = now;
        _credit -= elapsed;
        if (taken is { } bytes)
        {
            var most = Math.Max(rate.GracePeriod.TotalMilliseconds, _longestPause.TotalMilliseconds);
            _credit = Math.Min(most, _credit + ((bytes - _takenBefore) * 1000 / rate.BytesPerSecond));
            _takenBefore = bytes;
        }

        return _credit < 0;
    }
}
