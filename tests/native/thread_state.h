/* The state of a thread that code may leave changed behind: how it computes, and on Windows as whom it acts. */
#ifndef THREAD_STATE_H
#define THREAD_STATE_H

#include <stdio.h>
#include <string.h>
#include <windows.h>

#if defined(__x86_64__) || defined(__i386__)
#include <xmmintrin.h>

#define CONTROL_BITS 0xFFC0u /* without the flags that say what happened so far */

static inline unsigned get_control(void)
{
    return _mm_getcsr() & CONTROL_BITS;
}

static inline void set_control(unsigned control)
{
    _mm_setcsr(control);
}

static inline unsigned get_x87(void)
{
    unsigned short word;
    __asm__ __volatile__("fnstcw %0" : "=m"(word));
    return word;
}

static inline void set_x87(unsigned value)
{
    unsigned short word = (unsigned short)value;
    __asm__ __volatile__("fldcw %0" : : "m"(word));
}

/* MMX code that forgets EMMS: all registers of the x87 are in use, the next long double is a NaN. */
static inline void fill_x87(void)
{
    __asm__ __volatile__("pxor %%mm0, %%mm0" : : : "memory");
}

#define UNMASKED (get_control() & ~0x0E80u) /* invalid operation, division by zero, overflow: Delphi and Free Pascal */
#define FLUSHING (get_control() | 0x8040u)  /* denormals are zero: -ffast-math */
#define ROUNDING_UP ((get_control() & ~0x6000u) | 0x4000u)
#elif defined(__aarch64__)
static inline unsigned get_control(void)
{
    unsigned long value;
    __asm__ __volatile__("mrs %0, fpcr" : "=r"(value));
    return (unsigned)value;
}

static inline void set_control(unsigned control)
{
    unsigned long value = control;
    __asm__ __volatile__("msr fpcr, %0" : : "r"(value));
}

static inline unsigned get_x87(void)
{
    return 0;
}

static inline void set_x87(unsigned value)
{
    (void)value;
}

static inline void fill_x87(void)
{
}

#define UNMASKED (get_control() | 0x0700u)
#define FLUSHING (get_control() | 0x01000000u)
#define ROUNDING_UP ((get_control() & ~0x00C00000u) | 0x00400000u)
#endif

#ifdef _WIN32
/* 0 without a token, else its level: 1 identification, 2 impersonation. */
static inline int token_level(void)
{
    HANDLE token;
    SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
    DWORD size;
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) {
        return GetLastError() == ERROR_NO_TOKEN ? 0 : -(int)GetLastError();
    }

    GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof level, &size);
    CloseHandle(token);
    return (int)level;
}

/* As ImpersonateLoggedOnUser: what is left is told by its level. */
static inline void leave_token(void)
{
    ImpersonateSelf(SecurityIdentification);
}
#else
static inline int token_level(void)
{
    return 0;
}

static inline void leave_token(void)
{
}
#endif

/* One line: what the thread is like now. */
static inline const char *describe_state(char *line, size_t size)
{
    volatile double zero = 0.0, tiny = 1e-310, not_a_number;
    volatile long double sum = 1.0L;
    char computed[32];

    sum += 1.0L;
    not_a_number = (get_control() & 0x80u) != 0 || get_x87() == 0 ? zero / zero : 0.0;
    snprintf(computed, sizeof computed, "%s,%s,%d", not_a_number != not_a_number ? "nan" : "trap", tiny * 1.0 == 0.0 ? "flushed" : "denormal", (int)sum);
    snprintf(line, size, "control=%04x x87=%04x computes=%s token=%d", get_control(), get_x87(), computed, token_level());
    return line;
}

/* Changes the state as the word says. */
static inline void change_state(const char *word)
{
    if (strstr(word, "unmask") != NULL) {
        set_control(UNMASKED);
    }

    if (strstr(word, "flush") != NULL) {
        set_control(FLUSHING);
    }

    if (strstr(word, "round") != NULL) {
        set_control(ROUNDING_UP);
    }

    if (strstr(word, "x87") != NULL) {
        set_x87(0x1332); /* Delphi's: three exceptions are raised */
    }

    if (strstr(word, "mmx") != NULL) {
        fill_x87();
    }

    if (strstr(word, "token") != NULL) {
        leave_token();
    }
}

#endif
