/* The hub as a service of Windows.
 *
 * The service host starts this program again as an ordinary child, which is the hub: so a crash of it does not take
 * the conversation with Windows along. The contract is in reception/hub/stop_event.py: the host makes an event,
 * names it in RECEPTION_STOP_EVENT, and sets it when the hub is to stop. A hub that ends by itself is started again,
 * after a second first and then more seldom, at most every minute: so one whose configuration is not written yet, or
 * wrong, comes up soon after it was mended. What the hub says is written to service.log in the data folder.
 */
#include "launcher.h"

#define SETUP_KEY L"Software\\Reception\\HubSetup"
#define STOP_VARIABLE L"RECEPTION_STOP_EVENT"

enum { STOP_MS = 30000, FIRST_PAUSE_MS = 1000, LONGEST_PAUSE_MS = 60000, IS_WELL_MS = 300000 };
enum { MOST_LOGGED = 10 * 1024 * 1024 };

static SERVICE_STATUS_HANDLE handle;
static HANDLE stop_event;

void find_data_folder(wchar_t *folder, DWORD length)
{
    DWORD bytes = length * sizeof *folder;

    if (RegGetValueW(HKEY_LOCAL_MACHINE, SETUP_KEY, L"DataDir", RRF_RT_REG_SZ, NULL, folder, &bytes) ==
            ERROR_SUCCESS && folder[0]) {
        size_t end = wcslen(folder);
        if (end > 3 && folder[end - 1] == L'\\')
            folder[end - 1] = 0; /* a backslash before the closing quote would hide it */
        return;
    }
    if (!ExpandEnvironmentStringsW(L"%ProgramData%\\Reception Hub", folder, length))
        folder[0] = 0;
}

static void report(DWORD state, DWORD code, DWORD wait_ms)
{
    static DWORD check_point;
    SERVICE_STATUS status = {.dwServiceType = SERVICE_WIN32_OWN_PROCESS, .dwCurrentState = state};

    if (state == SERVICE_RUNNING)
        status.dwControlsAccepted = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN;
    if (code) {
        status.dwWin32ExitCode = ERROR_SERVICE_SPECIFIC_ERROR;
        status.dwServiceSpecificExitCode = code;
    }
    status.dwWaitHint = wait_ms;
    status.dwCheckPoint = state == SERVICE_RUNNING || state == SERVICE_STOPPED ? 0 : ++check_point;
    SetServiceStatus(handle, &status);
}

static DWORD WINAPI on_control(DWORD control, DWORD type, void *data, void *context)
{
    (void)type, (void)data, (void)context;
    if (control == SERVICE_CONTROL_STOP || control == SERVICE_CONTROL_PRESHUTDOWN) {
        report(SERVICE_STOP_PENDING, 0, STOP_MS + 5000);
        SetEvent(stop_event);
        return NO_ERROR;
    }
    return control == SERVICE_CONTROL_INTERROGATE ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
}

/* Where the hub writes what it has to say; the log before is kept once. */
static HANDLE open_log(void)
{
    static wchar_t path[LONG_PATH], before[LONG_PATH];
    SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
    WIN32_FILE_ATTRIBUTE_DATA about;

    find_data_folder(path, LONG_PATH - 32);
    CreateDirectoryW(path, NULL);
    wcscat(path, L"\\service.log");
    _snwprintf(before, LONG_PATH - 1, L"%ls.1", path);
    if (GetFileAttributesExW(path, GetFileExInfoStandard, &about) && about.nFileSizeLow > MOST_LOGGED)
        MoveFileExW(path, before, MOVEFILE_REPLACE_EXISTING);
    return CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, &inherited,
                       OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
}

static BOOL start_hub(PROCESS_INFORMATION *hub)
{
    static wchar_t line[LONG_PATH + 16];
    STARTUPINFOW how = {.cb = sizeof how, .dwFlags = STARTF_USESTDHANDLES};
    HANDLE log = open_log();
    BOOL is_started;

    how.hStdOutput = how.hStdError = log;
    _snwprintf(line, LONG_PATH + 15, L"\"%ls\"", own_path);
    is_started = CreateProcessW(own_path, line, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_SUSPENDED, NULL,
                                own_folder, &how, hub);
    if (log != INVALID_HANDLE_VALUE)
        CloseHandle(log);
    return is_started;
}

/* No hub outlives its host, however that ends. */
static HANDLE make_job(void)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    HANDLE job = CreateJobObjectW(NULL, NULL);

    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

/* Be the host of one hub until it has ended; returns whether it was to stop. */
static BOOL serve_once(HANDLE job)
{
    PROCESS_INFORMATION hub;
    HANDLE either[2] = {stop_event, NULL};
    BOOL is_stopping;

    if (!start_hub(&hub))
        return FALSE;
    AssignProcessToJobObject(job, hub.hProcess);
    ResumeThread(hub.hThread);
    either[1] = hub.hProcess;
    is_stopping = WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0;
    if (is_stopping && WaitForSingleObject(hub.hProcess, STOP_MS) != WAIT_OBJECT_0)
        TerminateProcess(hub.hProcess, 99);
    CloseHandle(hub.hThread);
    CloseHandle(hub.hProcess);
    return is_stopping;
}

static void WINAPI service_main(DWORD argc, wchar_t **argv)
{
    wchar_t name[64];
    HANDLE job = make_job();
    DWORD pause_ms = FIRST_PAUSE_MS;

    (void)argc, (void)argv;
    handle = RegisterServiceCtrlHandlerExW(L"", on_control, NULL);
    report(SERVICE_START_PENDING, 0, 10000);
    _snwprintf(name, 63, L"Global\\ReceptionHubStop-%lu", GetCurrentProcessId());
    stop_event = CreateEventW(NULL, TRUE, FALSE, name);
    if (!stop_event) {
        report(SERVICE_STOPPED, GetLastError(), 0);
        return;
    }
    SetEnvironmentVariableW(STOP_VARIABLE, name);
    report(SERVICE_RUNNING, 0, 0);
    for (;;) {
        ULONGLONG began = GetTickCount64();
        if (serve_once(job))
            break;
        if (GetTickCount64() - began > IS_WELL_MS)
            pause_ms = FIRST_PAUSE_MS;
        if (WaitForSingleObject(stop_event, pause_ms) == WAIT_OBJECT_0)
            break;
        pause_ms = pause_ms * 2 > LONGEST_PAUSE_MS ? LONGEST_PAUSE_MS : pause_ms * 2;
    }
    report(SERVICE_STOPPED, 0, 0);
}

int run_service(void)
{
    SERVICE_TABLE_ENTRYW table[] = {{L"", service_main}, {NULL, NULL}};

    return StartServiceCtrlDispatcherW(table) ? 0 : EXIT_NO_SERVICE;
}
