// Data of each thread by C++'s own means: a thread_local object with a destructor. It also throws and catches on the host's thread.
#include <stdexcept>
#include <string>

#include "testing.h"

namespace {

struct Counter {
    std::string text = "a text that is too long for the object itself, so it is on the heap";
    int requests = 0;

    ~Counter() { text.clear(); }
};

thread_local Counter counter;

int count()
{
    if (++counter.requests < 0) {
        throw std::runtime_error("never");
    }

    throw std::length_error(counter.text);
}

} // namespace

TESTING_VERSION("thread-local: data of each thread in C++")

DWORD WINAPI HttpExtensionProc(EXTENSION_CONTROL_BLOCK *ecb)
{
    send_text_head(ecb);
    try {
        count();
    } catch (const std::exception &) {
        write_text(ecb, "counted\n");
    }

    return HSE_STATUS_SUCCESS;
}
