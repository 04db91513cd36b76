using IsapiHost.Extensions;
using IsapiHost.Extensions.Children;
using IsapiHost.Extensions.Support;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;
using IsapiHost.Tests.Extensions;
using IsapiHost.Transport;

namespace IsapiHost.Tests.Extensions.Support;

/// <summary>What a trace shows of ServerSupportFunction, which is what its requests were decoded to.</summary>
public sealed unsafe class SupportRequestTraceTests : IDisposable
{
    private readonly SupportCalls _support = new();

    [Fact]
    public void A_child_request_shows_all_that_is_given_and_no_secret()
    {
        fixed (byte* url = "/child?x=1\0"u8, method = "POST\0"u8, headers = "Host: a\r\nCookie: id=secret\r\n\0"u8, user = "me\0"u8)
        {
            HSE_EXEC_URL_USER_INFO named = new() { pszCustomUserName = user };
            HSE_EXEC_URL_ENTITY_INFO entity = new() { cbAvailable = 5, lpbData = user };
            HSE_EXEC_URL_INFO info = new()
            {
                pszUrl = url, pszMethod = method, pszChildHeaders = headers, pUserInfo = &named, pEntity = &entity,
                dwExecUrlFlags = HSE_EXEC_URL.NO_HEADERS | HSE_EXEC_URL.SSI_CMD | 0x1000,
            };

            Assert.Equal(
                "\"/child?x=1\", method \"POST\", headers \"Host: a\\r\\nCookie:***\\r\\n\", user \"me\", entity 5 bytes, NO_HEADERS|SSI_CMD|0x1000",
                _support.Describe<ChildArguments>(HSE_REQ.EXEC_URL, &info));
        }
    }

    [Fact]
    public void A_wide_child_request_is_read_as_one()
    {
        fixed (char* url = "/kind/ä\0")
        {
            HSE_EXEC_UNICODE_URL_INFO info = new() { pszUrl = (ushort*)url };
            Assert.Equal("\"/kind/ä\"", _support.Describe<ChildArguments>(HSE_REQ.EXEC_UNICODE_URL, &info));

            info.pszUrl = null;
            Assert.Equal("the same URL", _support.Describe<ChildArguments>(HSE_REQ.EXEC_UNICODE_URL, &info));
        }
    }

    [Fact]
    public void URLs_are_read_within_their_size_and_paths_are_results()
    {
        fixed (byte* narrow = "/a/b and what lies behind\0"u8)
        fixed (char* wide = "/ä/b and what lies behind\0")
        {
            uint four = 4, eight = 8;
            Assert.Equal("\"/a/b\", room for 4 bytes", _support.Describe<UrlArguments>(HSE_REQ.MAP_URL_TO_PATH, narrow, &four));
            Assert.Equal("\"/a/b\"", _support.Describe<UrlArguments>(HSE_REQ.MAP_URL_TO_PATH_EX, narrow, &four, narrow));
            Assert.Equal("\"/a/b\"", _support.Describe<string>(HSE_REQ.SEND_URL, narrow, &four));
            Assert.Equal("\"/ä/b\", room for 8 bytes", _support.Describe<UrlArguments>(HSE_REQ.MAP_UNICODE_URL_TO_PATH, wide, &eight));
            Assert.Equal("\"/ä/b\"", _support.Describe<UrlArguments>(HSE_REQ.MAP_UNICODE_URL_TO_PATH_EX, wide, &eight, wide));
        }

        var buffer = stackalloc char[1024];
        "/ä".CopyTo(new Span<char>(buffer, 1024));
        uint size = 4;
        Assert.Equal("FALSE", _support.Trace(HSE_REQ.MAP_UNICODE_URL_TO_PATH, buffer, &size).Result);

        size = 2048;
        var path = Path.Combine(SupportCalls.Root, "ä").Replace("\\", "\\\\", StringComparison.Ordinal);
        Assert.Equal($"TRUE \"{path}\"", _support.Trace(HSE_REQ.MAP_UNICODE_URL_TO_PATH, buffer, &size).Result);
    }

    [Fact]
    public void An_error_page_shows_its_status()
    {
        fixed (byte* status = "404 Not Here\0"u8)
        {
            HSE_CUSTOM_ERROR_INFO info = new() { pszStatus = status, uHttpSubError = 3, fAsync = 1 };
            Assert.Equal("\"404 Not Here\", sub-error 3, ASYNC", _support.Describe<ErrorPageArguments>(HSE_REQ.SEND_CUSTOM_ERROR, &info));
        }
    }

    [Fact]
    public void A_vector_shows_its_elements()
    {
        fixed (byte* status = "200 OK\0"u8, headers = "Set-Cookie: a\r\n\r\n\0"u8, memory = "..hello"u8)
        {
            var elements = stackalloc HSE_VECTOR_ELEMENT[10];
            elements[0] = new HSE_VECTOR_ELEMENT { pvContext = memory, cbOffset = 2, cbSize = 5 };
            elements[1] = new HSE_VECTOR_ELEMENT { ElementType = HSE_VECTOR_ELEMENT_TYPE.FILE_HANDLE, pvContext = (void*)0xab, cbSize = 7 };
            elements[2] = new HSE_VECTOR_ELEMENT { pvContext = memory, cbOffset = ulong.MaxValue, cbSize = 1 };
            elements[3] = new HSE_VECTOR_ELEMENT { ElementType = 9 };
            HSE_RESPONSE_VECTOR vector = new()
            {
                dwFlags = HSE_IO.ASYNC | HSE_IO.SEND_HEADERS, pszStatus = status, pszHeaders = headers, nElementCount = 4, lpElementArray = elements,
            };

            Assert.Equal(
                "\"200 OK\", \"Set-Cookie:***\\r\\n\\r\\n\", 4 elements: 5 bytes \"hello\"; file ab, 7 bytes from 0; "
                + $"type 0, 1 bytes from {ulong.MaxValue}; type 9, 0 bytes from 0, ASYNC|SEND_HEADERS",
                _support.Describe<VectorArguments>(HSE_REQ.VECTOR_SEND, &vector));

            vector.nElementCount = uint.MaxValue;
            vector.dwFlags = 0;
            Assert.Equal("4294967295 elements; …", _support.Describe<VectorArguments>(HSE_REQ.VECTOR_SEND, &vector));
        }
    }

    [Fact]
    public void A_file_shows_its_head_range_and_tail()
    {
        fixed (byte* status = "200 OK\0"u8, head = "X: y\r\n\r\n\0"u8, tail = "end"u8)
        {
            HSE_TF_INFO info = new()
            {
                hFile = 0x1f, pszStatusCode = status, BytesToWrite = 10, Offset = 3, pHead = head, HeadLength = 8, pTail = tail, TailLength = 3,
                dwFlags = HSE_IO.SEND_HEADERS | HSE_IO.DISCONNECT_AFTER_SEND,
            };
            Assert.Equal(
                "status \"200 OK\", head \"X: y\\r\\n\\r\\n\", file 1f, 10 bytes from 3, tail 3 bytes \"end\", DISCONNECT_AFTER_SEND|SEND_HEADERS",
                _support.Describe<FileArguments>(HSE_REQ.TRANSMIT_FILE, &info));
        }
    }

    [Fact]
    public void Trace_requests_show_whose_event_it_is()
    {
        var provider = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        fixed (char* name = "begun\0")
        {
            HTTP_TRACE_EVENT traced = new() { dwEvent = 7, pszEventName = (ushort*)name, cEventItems = 2 };
            HTTP_TRACE_CONFIGURATION configuration = new() { pProviderGuid = &provider, fProviderEnabled = 1 };

            Assert.Equal("event 7 \"begun\", 2 items", _support.Describe<TraceEventArguments>(HSE_REQ.RAISE_TRACE_EVENT, &traced));
            Assert.Equal($"provider {provider}", _support.Describe<Guid>(HSE_REQ.GET_TRACE_INFO_EX, &configuration));
            Assert.Equal("TRUE not enabled", _support.Trace(HSE_REQ.GET_TRACE_INFO_EX, &configuration).Result);
        }
    }

    [Fact]
    public void Flags_and_numbers_have_their_names()
    {
        uint size = 10, flags = HSE_IO.ASYNC, status = HSE_STATUS.ERROR;
        var one = 1;

        Assert.Equal("up to 10 bytes, ASYNC", _support.Describe<ReadArguments>(HSE_REQ.ASYNC_READ_CLIENT, &one, &size, &flags));
        Assert.Equal("TRUE", _support.Describe<bool>(HSE_REQ.SET_FLUSH_FLAG, (void*)1));
        Assert.Equal("FALSE", _support.Describe<bool>(HSE_REQ.SET_FLUSH_FLAG, null));
        Assert.Equal("function 1f, context 2e", _support.Describe<IoCompletion>(HSE_REQ.IO_COMPLETION, (void*)0x1f, null, (uint*)0x2e));
        Assert.Equal("HSE_STATUS_ERROR", _support.Describe<uint?>(HSE_REQ.DONE_WITH_SESSION, &status));
        Assert.Equal("TRUE 1", _support.Trace(HSE_REQ.IS_CONNECTED, &one).Result);
        Assert.Equal("status 404, error 2", ((QueryRequest<NoArguments, ChildResult>)SupportRequests.Find(HSE_REQ.GET_EXEC_URL_STATUS)!)
            .DescribeResult(new ChildResult(404, TransferResult.Failed(Win32Error.FILE_NOT_FOUND))));
    }

    [Fact]
    public void Null_is_survived_by_every_request()
    {
        // These are sent on, and reported, for a module, and there is none here.
        uint[] needModule = [HSE_REQ.SEND_RESPONSE_HEADER, HSE_REQ.REPORT_UNHEALTHY];
        foreach (var known in SupportRequests.All.Where(known => !needModule.Contains(known.Number)))
        {
            Assert.Equal(known.Name, _support.Trace(known.Number).Name);
        }

        Assert.Equal("", _support.Describe<NoArguments>(HSE_REQ.CLOSE_CONNECTION));
        Assert.Equal("no buffer", _support.Describe<ChildArguments>(HSE_REQ.EXEC_URL));
    }

    public void Dispose() => _support.Dispose();
}
