/* What the installer has done in the name of each user who is signed in: ending the consoles, opening them again.
 *
 * An installer that a person started is that person already. One that a management system started is the
 * system itself, and a console listens to its own user only: so the system borrows the token of each session.
 * Each user's process gets that user's environment; what it may do is what the user may.
 */
#include "launcher.h"
#include <userenv.h>
#include <wtsapi32.h>

enum { LONGEST_MS = 60000, MOST_SESSIONS = 64 };

static BOOL is_system(void)
{
    BYTE buffer[256];
    DWORD length;
    HANDLE token;
    BOOL is = FALSE;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return FALSE;
    if (GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &length))
        is = IsWellKnownSid(((TOKEN_USER *)buffer)->User.Sid, WinLocalSystemSid);
    CloseHandle(token);
    return is;
}

static HANDLE start(HANDLE user, const wchar_t *arguments)
{
    static wchar_t line[LONG_PATH + 1024];
    STARTUPINFOW how = {.cb = sizeof how, .lpDesktop = L"winsta0\\default"};
    PROCESS_INFORMATION made;
    void *environment = NULL;
    BOOL is_started;

    _snwprintf(line, LONG_PATH + 1023, L"\"%ls\"%ls", own_path, arguments);
    if (user) {
        if (!CreateEnvironmentBlock(&environment, user, FALSE))
            return NULL;
        is_started = CreateProcessAsUserW(user, own_path, line, NULL, NULL, FALSE, CREATE_UNICODE_ENVIRONMENT,
                                          environment, own_folder, &how, &made);
        DestroyEnvironmentBlock(environment);
    } else {
        how.lpDesktop = NULL;
        is_started = CreateProcessW(own_path, line, NULL, NULL, FALSE, 0, NULL, own_folder, &how, &made);
    }
    if (!is_started)
        return NULL;
    CloseHandle(made.hThread);
    return made.hProcess;
}

int for_everyone(const wchar_t *arguments)
{
    HANDLE started[MOST_SESSIONS];
    DWORD i, count = 0, sessions = 0, code;
    WTS_SESSION_INFOW *session = NULL;
    int worst = 0;

    if (!is_system()) {
        if ((started[count] = start(NULL, arguments)))
            count++;
    } else if (WTSEnumerateSessionsW(WTS_CURRENT_SERVER_HANDLE, 0, 1, &session, &sessions)) {
        for (i = 0; i < sessions && count < MOST_SESSIONS; i++) {
            HANDLE user;
            if (!WTSQueryUserToken(session[i].SessionId, &user))
                continue; /* nobody is signed in there */
            if ((started[count] = start(user, arguments)))
                count++;
            CloseHandle(user);
        }
        WTSFreeMemory(session);
    }
    if (count)
        WaitForMultipleObjects(count, started, TRUE, LONGEST_MS);
    for (i = 0; i < count; i++) {
        if (GetExitCodeProcess(started[i], &code) && code != 0)
            worst = (int)code;
        CloseHandle(started[i]);
    }
    return worst;
}
