using System.Text;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Responses.Heads;
using IsapiHost.Tracing;
using IsapiHost.Transport;

namespace IsapiHost.Extensions.Support;

/// <summary>Files and vectors, asynchronous reads, and how output is gathered.</summary>
internal static unsafe class TransferRequests
{
    private const int DescribedElements = 8;

    public static SupportRequest[] All { get; } =
    [
        new ActionRequest<IoCompletion>(HSE_REQ.IO_COMPLETION, nameof(HSE_REQ.IO_COMPLETION))
        {
            Decode = DecodeCompletion,
            Handle = static (request, completion) =>
            {
                request.Operation.Register(completion);
                return new(Win32Error.SUCCESS);
            },
            Describe = static (completion, _) => Describe(completion),
        },
        new ActionRequest<ReadArguments>(HSE_REQ.ASYNC_READ_CLIENT, nameof(HSE_REQ.ASYNC_READ_CLIENT))
        {
            Decode = DecodeRead,
            Handle = static (request, read) =>
                new(read.Flags == HSE_IO.ASYNC ? request.BeginRead(read.Buffer) : Win32Error.INVALID_PARAMETER),
            Describe = static (read, _) => $"{CallFormatter.UpTo((uint)read.Buffer.Length)}{FlagNames.Transfer(read.Flags)}",
        },
        new ActionRequest<NoArguments>(HSE_REQ.CANCEL_IO, nameof(HSE_REQ.CANCEL_IO))
        {
            Decode = Decoders.None,
            Handle = static (request, _) => new(request.CancelOperation()),
        },
        new ActionRequest<bool>(HSE_REQ.SET_FLUSH_FLAG, nameof(HSE_REQ.SET_FLUSH_FLAG))
        {
            Decode = DecodeFlushFlag,
            Handle = static (request, flag) => request.Response.SetUnbufferedAsync(flag),
            Describe = static (flag, _) => flag ? "TRUE" : "FALSE",
        },
        new ActionRequest<FileArguments>(HSE_REQ.TRANSMIT_FILE, nameof(HSE_REQ.TRANSMIT_FILE))
        {
            Decode = DecodeFile,
            Handle = SendFile,
            Describe = Describe,
        },
        new ActionRequest<VectorArguments>(HSE_REQ.VECTOR_SEND, nameof(HSE_REQ.VECTOR_SEND))
        {
            Decode = DecodeVector,
            Handle = SendVector,
            Describe = Describe,
        },
    ];

    private static bool DecodeCompletion(SupportPointers pointers, ExtensionRequest request, out IoCompletion completion)
    {
        completion = new IoCompletion((nint)pointers.Buffer, (nint)pointers.DataType);
        return true;
    }

    private static bool DecodeRead(SupportPointers pointers, ExtensionRequest request, out ReadArguments read)
    {
        read = default;
        if (pointers.Size is null || pointers.DataType is null || (pointers.Buffer is null && *pointers.Size > 0))
        {
            return false;
        }

        read = new ReadArguments(new CallerMemory(pointers.Buffer, *pointers.Size), *pointers.DataType);
        return true;
    }

    // The flag is the pointer itself, not what it points to.
    private static bool DecodeFlushFlag(SupportPointers pointers, ExtensionRequest request, out bool flag)
    {
        flag = pointers.Buffer is not null;
        return true;
    }

    // The structures may stand on the caller's stack, so everything is taken out of them before the call returns.
    private static bool DecodeFile(SupportPointers pointers, ExtensionRequest request, out FileArguments file)
    {
        file = default;
        var info = (HSE_TF_INFO*)pointers.Buffer;
        if (info is null)
        {
            return false;
        }

        // The head is a string; its length is given too by careful callers.
        var headLength = (info->dwFlags & HSE_IO.SEND_HEADERS) != 0
            ? (uint)NativeString.Read((byte*)info->pHead, info->HeadLength, NativeString.MaxHead).Length
            : info->HeadLength;
        file = new FileArguments
        {
            Status = (info->dwFlags & HSE_IO.SEND_HEADERS) != 0 ? NativeString.Read(info->pszStatusCode, NativeString.MaxText) : default,
            Head = new CallerMemory(info->pHead, headLength),
            File = info->hFile == 0 ? default : FileRange.Open(info->hFile, info->Offset, info->BytesToWrite),
            Tail = new CallerMemory(info->pTail, info->TailLength),
            Flags = info->dwFlags,
            Completion = new IoCompletion((nint)info->pfnHseIO, (nint)info->pContext),
        };
        return true;
    }

    private static bool DecodeVector(SupportPointers pointers, ExtensionRequest request, out VectorArguments vector)
    {
        vector = default;
        var given = (HSE_RESPONSE_VECTOR*)pointers.Buffer;
        if (given is null)
        {
            return false;
        }

        var count = given->lpElementArray is null || given->nElementCount > VectorArguments.MaxElements ? 0 : given->nElementCount;
        var elements = count == 0 ? [] : new VectorElement[count];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = Decode(given->lpElementArray[i]);
        }

        vector = new VectorArguments
        {
            Status = NativeString.Read(given->pszStatus, NativeString.MaxText),
            Headers = new CallerMemory(given->pszHeaders, NativeString.Read(given->pszHeaders, NativeString.MaxHead).Length),
            HasHead = given->pszStatus is not null && given->pszHeaders is not null,
            HasPartOfHead = given->pszStatus is not null || given->pszHeaders is not null,
            Count = given->nElementCount,
            Elements = elements,
            Flags = given->dwFlags,
        };
        return true;
    }

    private static VectorElement Decode(in HSE_VECTOR_ELEMENT given)
    {
        var isMemory = given.ElementType == HSE_VECTOR_ELEMENT_TYPE.MEMORY_BUFFER && given.pvContext is not null
            && given.cbOffset <= (ulong)nint.MaxValue && given.cbSize <= (ulong)nint.MaxValue;
        return new VectorElement(given.ElementType, given.cbOffset, given.cbSize)
        {
            Memory = isMemory ? new CallerMemory((byte*)given.pvContext + (nint)given.cbOffset, (long)given.cbSize) : default,
            File = given.ElementType == HSE_VECTOR_ELEMENT_TYPE.FILE_HANDLE
                ? FileRange.Open((nint)given.pvContext, given.cbOffset, given.cbSize)
                : default,
        };
    }

    private static ValueTask<Win32Error> SendFile(ExtensionRequest request, FileArguments arguments)
    {
        var sending = new Sending(3, arguments.Flags, arguments.Completion);
        if (arguments.HasHead)
        {
            sending.AddHead(request, arguments.Status, arguments.Head);
        }
        else
        {
            sending.Add(arguments.Head);
        }

        if (arguments.File.Handle != 0)
        {
            var error = arguments.File.TryGetPart(out var part);
            if (error != Win32Error.SUCCESS)
            {
                return new(error);
            }

            sending.Add(part);
        }

        sending.Add(arguments.Tail);
        return sending.SendAsync(request);
    }

    private static ValueTask<Win32Error> SendVector(ExtensionRequest request, VectorArguments arguments)
    {
        const uint BothWays = HSE_IO.SYNC | HSE_IO.ASYNC;
        var withHead = (arguments.Flags & HSE_IO.SEND_HEADERS) != 0;
        if ((arguments.Flags & BothWays) == BothWays || arguments.Elements.Length != arguments.Count
            || withHead != arguments.HasHead || withHead != arguments.HasPartOfHead)
        {
            return new(Win32Error.INVALID_PARAMETER);
        }

        var sending = new Sending(arguments.Elements.Length + 1, arguments.Flags, default);
        if (withHead)
        {
            sending.AddHead(request, arguments.Status, arguments.Headers);
        }

        foreach (var element in arguments.Elements)
        {
            var error = element.TryGetPart(out var part);
            if (error != Win32Error.SUCCESS)
            {
                return new(error);
            }

            sending.Add(part);
        }

        return sending.SendAsync(request);
    }

    private static string Describe(IoCompletion completion) =>
        $"{(completion.IsNone ? "no function" : $"function {completion.Function:x}")}, context {completion.Context:x}";

    private static string Describe(FileArguments arguments, SentDataFormatter sent)
    {
        var head = arguments.HasHead
            ? $"status {DisplayFormatter.Text(arguments.Status)}, head {sent.Head(arguments.Head.Span)}"
            : $"head {sent.Bytes(arguments.Head)}";
        var completion = arguments.Completion.IsNone ? "" : $", {Describe(arguments.Completion)}";
        return $"{head}, {arguments.File}, tail {sent.Bytes(arguments.Tail)}{completion}{FlagNames.Transfer(arguments.Flags)}";
    }

    private static string Describe(VectorArguments arguments, SentDataFormatter sent)
    {
        var text = new StringBuilder();
        if ((arguments.Flags & HSE_IO.SEND_HEADERS) != 0)
        {
            text.Append($"{DisplayFormatter.Text(arguments.Status)}, {sent.Head(arguments.Headers.Span)}, ");
        }

        text.Append($"{arguments.Count} elements");
        for (var i = 0; i < Math.Min(arguments.Elements.Length, DescribedElements); i++)
        {
            text.Append(i == 0 ? ": " : "; ").Append(arguments.Elements[i].Describe(sent));
        }

        return $"{text}{(arguments.Count > DescribedElements ? "; …" : "")}{FlagNames.Transfer(arguments.Flags)}";
    }
}
