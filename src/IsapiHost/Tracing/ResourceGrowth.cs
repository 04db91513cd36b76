using System.Globalization;
using IsapiHost.Transport;

namespace IsapiHost.Tracing;

/// <summary>
/// Looks whether the process grows with each request to a module. It is measured over windows of requests in which nothing else happens: no
/// other module is called, and there are no more clients and running requests at the end than at the beginning. Safe from any thread.
/// </summary>
internal sealed class ResourceGrowth
{
    private const int LeastRequests = 100;
    private const int Windows = 10;
    private const int WindowsThatGrow = 8;
    private const int WarmUp = 2;
    private const double HandlesPerRequest = 0.5;
    private const double BytesPerRequest = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Growth> _modules = [];
    private readonly Func<ProcessResources> _measure;
    private readonly int _windowSize;
    private Growth? _current;
    private State? _start;
    private int _running;
    private int _finished;

    /// <param name="requests">How many requests a judgement takes.</param>
    /// <param name="measure">What the process holds.</param>
    public ResourceGrowth(int requests, Func<ProcessResources> measure)
    {
        _measure = measure;
        _windowSize = Math.Max(requests, LeastRequests) / Windows;
    }

    /// <summary>A request to a module begins.</summary>
    public void Begin(string module)
    {
        lock (_gate)
        {
            Turn(module).Running++;
            _running++;
        }
    }

    /// <summary>A request to a module is over.</summary>
    /// <returns>How the process grew, the first time that it is certain; else null.</returns>
    public string? End(string module)
    {
        lock (_gate)
        {
            var current = Turn(module);
            current.Running--;
            _running--;
            if (_start is not { } start)
            {
                BeginWindow(current);
                return null;
            }

            if (++_finished < _windowSize)
            {
                return null;
            }

            BeginWindow(current);
            return _start is { } end && end.Running <= start.Running && end.Connections <= start.Connections
                ? current.Add(
                    (double)(end.Resources.Handles - start.Resources.Handles ?? 0) / _windowSize,
                    (double)(end.Resources.Bytes - start.Resources.Bytes ?? 0) / _windowSize,
                    _windowSize)
                : null;
        }
    }

    // Another module's turn voids the window.
    private Growth Turn(string module)
    {
        if (_current?.Module != module)
        {
            _start = null;
            if (!_modules.TryGetValue(module, out _current))
            {
                _modules.Add(module, _current = new Growth(module));
            }
        }

        return _current;
    }

    private void BeginWindow(Growth current)
    {
        _finished = 0;
        _start = current.Running == _running ? new State(_measure(), _running, ConnectionHeartbeat.Count) : null;
    }

    private readonly record struct State(ProcessResources Resources, int Running, int Connections);

    private sealed class Growth(string module)
    {
        private readonly Queue<double> _handles = new();
        private readonly Queue<double> _bytes = new();
        private int _windows;
        private bool _isReported;

        public string Module => module;

        public int Running { get; set; }

        public string? Add(double handles, double bytes, int windowSize)
        {
            if (_isReported || ++_windows <= WarmUp)
            {
                return null;
            }

            var leaks = (Certain(_handles, handles), Certain(_bytes, bytes)) switch
            {
                (>= HandlesPerRequest and var lost, _) => string.Create(CultureInfo.InvariantCulture, $"{lost:0.0} handles"),
                (_, >= BytesPerRequest and var lost) => string.Create(CultureInfo.InvariantCulture, $"{lost / 1024:0.0} KiB"),
                _ => null,
            };
            _isReported = leaks is not null;
            return leaks is null ? null : $"{leaks} per request over {windowSize * Windows} requests, while only this module was called";
        }

        /// <summary>By how much nearly all of the latest windows grew at least.</summary>
        private static double Certain(Queue<double> windows, double latest)
        {
            windows.Enqueue(latest);
            if (windows.Count > Windows)
            {
                windows.Dequeue();
            }

            return windows.Count < Windows ? 0 : windows.Order().ElementAt(Windows - WindowsThatGrow);
        }
    }
}
