using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Responses.Heads;
using IsapiHost.Threading;
using IsapiHost.Tracing;
using IsapiHost.Transport;
using IsapiHost.Transport.Files;

namespace IsapiHost.Extensions.Support;

/// <content>Files and vectors. The structures may stand on the caller's stack, so everything is taken out of them before the call returns.</content>
internal static unsafe partial class ServerSupport
{
    /// <summary>Bounds what a garbage count can make us walk through; real vectors have a handful of elements.</summary>
    public const uint MaxElements = 65_536;

    private static Win32Error TransmitFile(ExtensionRequest request, SupportArguments arguments)
    {
        var info = (HSE_TF_INFO*)arguments.Buffer;
        if (info is null)
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var parts = new TransferPart[3];
        var count = 0;
        ResponseHead? head = null;
        var end = default(HeadTermination);
        if ((info->dwFlags & HSE_IO.SEND_HEADERS) != 0)
        {
            // The head is a string; its length is given too by careful callers.
            var headers = NativeString.Read((byte*)info->pHead, info->HeadLength, NativeString.MaxHead);
            head = ParseHead(request, NativeString.Read(info->pszStatusCode, NativeString.MaxText), headers, out var bodyOffset, out end);
            AddMemory(parts, ref count, (nint)info->pHead + bodyOffset, headers.Length - bodyOffset);
        }
        else
        {
            AddMemory(parts, ref count, (nint)info->pHead, info->pHead is null ? 0 : info->HeadLength);
        }

        if (info->hFile != 0)
        {
            var error = AddFile(parts, ref count, info->hFile, info->Offset, info->BytesToWrite);
            if (error != Win32Error.SUCCESS)
            {
                return error;
            }
        }

        AddMemory(parts, ref count, (nint)info->pTail, info->pTail is null ? 0 : info->TailLength);
        return Transmit(request, head, end, parts.AsMemory(0, count), info->dwFlags, (nint)info->pfnHseIO, (nint)info->pContext);
    }

    private static Win32Error VectorSend(ExtensionRequest request, SupportArguments arguments)
    {
        const uint BothWays = HSE_IO.SYNC | HSE_IO.ASYNC;
        var vector = (HSE_RESPONSE_VECTOR*)arguments.Buffer;
        if (vector is null || (vector->dwFlags & BothWays) == BothWays || vector->nElementCount > MaxElements
            || (vector->nElementCount > 0 && vector->lpElementArray is null))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var withHead = (vector->dwFlags & HSE_IO.SEND_HEADERS) != 0;
        if (withHead != (vector->pszStatus is not null) || withHead != (vector->pszHeaders is not null))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        var parts = new TransferPart[vector->nElementCount + 1];
        var count = 0;
        ResponseHead? head = null;
        var end = default(HeadTermination);
        if (withHead)
        {
            var headers = NativeString.Read(vector->pszHeaders, NativeString.MaxHead);
            head = ParseHead(request, NativeString.Read(vector->pszStatus, NativeString.MaxText), headers, out var bodyOffset, out end);
            AddMemory(parts, ref count, (nint)vector->pszHeaders + bodyOffset, headers.Length - bodyOffset);
        }

        for (var i = 0u; i < vector->nElementCount; i++)
        {
            var error = AddElement(parts, ref count, vector->lpElementArray[i]);
            if (error != Win32Error.SUCCESS)
            {
                return error;
            }
        }

        return Transmit(request, head, end, parts.AsMemory(0, count), vector->dwFlags, 0, 0);
    }

    private static Win32Error AddElement(TransferPart[] parts, ref int count, in HSE_VECTOR_ELEMENT element)
    {
        switch (element.ElementType)
        {
            case HSE_VECTOR_ELEMENT_TYPE.MEMORY_BUFFER:
                if (element.cbSize == 0 || element.pvContext is null || element.cbSize > (ulong)nint.MaxValue || element.cbOffset > (ulong)nint.MaxValue)
                {
                    return Win32Error.INVALID_PARAMETER;
                }

                AddMemory(parts, ref count, (nint)element.pvContext + (nint)element.cbOffset, (long)element.cbSize);
                return Win32Error.SUCCESS;
            case HSE_VECTOR_ELEMENT_TYPE.FILE_HANDLE:
                return AddFile(parts, ref count, (nint)element.pvContext, element.cbOffset, element.cbSize);
            default:
                return Win32Error.INVALID_PARAMETER;
        }
    }

    private static void AddMemory(TransferPart[] parts, ref int count, nint start, long length)
    {
        if (length > 0)
        {
            parts[count++] = TransferPart.OfMemory(start, length);
        }
    }

    // A length of 0 stands for all that follows the offset.
    private static Win32Error AddFile(TransferPart[] parts, ref int count, nint handle, ulong offset, ulong length)
    {
        var error = FileSource.TryOpen(handle, out var file);
        if (error != Win32Error.SUCCESS)
        {
            return error;
        }

        var left = (ulong)file!.Length;
        if (offset > left)
        {
            return Win32Error.WSAEINVAL;
        }

        left -= offset;
        if (length > left)
        {
            return Win32Error.HANDLE_EOF;
        }

        parts[count++] = TransferPart.OfFile(file, (long)offset, (long)(length == 0 ? left : length));
        return Win32Error.SUCCESS;
    }

    private static Win32Error Transmit(
        ExtensionRequest request, ResponseHead? head, HeadTermination end, ReadOnlyMemory<TransferPart> parts, uint flags, nint completion, nint context)
    {
        var response = request.Response;
        if (response.IsEnded || (head is not null && response.HasOutput))
        {
            request.Trace?.Add(response.IsEnded ? ViolationRule.WriteAfterFinalSend : ViolationRule.HeadSentTwice);
            return Win32Error.INVALID_PARAMETER;
        }

        var async = (flags & HSE_IO.ASYNC) != 0;
        if (async && !request.TryBegin(completion, context))
        {
            return Win32Error.INVALID_PARAMETER;
        }

        if ((flags & HSE_IO.DISCONNECT_AFTER_SEND) != 0)
        {
            response.WantClose();
        }

        long bytes = 0;
        foreach (var part in parts.Span)
        {
            bytes += part.Length;
        }

        var final = (flags & (HSE_IO.DISCONNECT_AFTER_SEND | HSE_IO.FINAL_SEND)) != 0;
        if (async)
        {
            request.WatchBuffers(parts.Span);
        }

        var transmitted = response.TransmitAsync(head, end, parts, final);
        if (!async)
        {
            return SyncOverAsync.For(transmitted);
        }

        request.EndWith(transmitted, (uint)Math.Min(bytes, uint.MaxValue));
        return Win32Error.SUCCESS;
    }

    private static ResponseHead ParseHead(
        ExtensionRequest request, ReadOnlySpan<byte> status, ReadOnlySpan<byte> headers, out int bodyOffset, out HeadTermination end) =>
        ResponseHeadCache.Of(request.Module).Parse(status, headers, request.FallbackStatus, out bodyOffset, out end);
}
