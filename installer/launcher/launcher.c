/* The start programs of Reception: they load runtime\python3XX.dll from their own folder and have it run the
 * package `reception`, in this process.
 *
 *   Reception.exe       the window                     reception ARGUMENTS
 *   reception-cli.exe   the same on a command line     reception ARGUMENTS
 *   ReceptionHub.exe    the hub (-DSERVICE)            reception --data FOLDER hub ARGUMENTS
 *   ReceptionHub.exe --service                         the service host; see service.c
 *   Reception.exe --for-everyone ARGUMENTS             for the installer; see everyone.c
 *   ... --remove-settings                              for the installer; see leftovers.c
 *
 * The program starts parts of itself the way Python is started (`-m MODULE`, `-P -m MODULE`): what begins so is
 * handed on as it is. python3XX._pth beside the library names all that Python searches: neither the environment
 * nor the registry has a say.
 */
#include "launcher.h"
#include <shellapi.h>

typedef int (*py_main_t)(int, wchar_t **);

wchar_t own_folder[LONG_PATH];
wchar_t own_path[LONG_PATH];

static void die(const wchar_t *what)
{
    wchar_t message[1024];
    _snwprintf(message, 1023, L"%ls\n\nError %lu. Repair or reinstall the program.", what, GetLastError());
    message[1023] = 0;
    if (GetStdHandle(STD_ERROR_HANDLE))
        fwprintf(stderr, L"%ls\n", message);
    else
        MessageBoxW(NULL, message, PROGRAM_TITLE, MB_ICONERROR | MB_OK);
    ExitProcess(EXIT_NOT_STARTED);
}

static py_main_t load_python(void)
{
    static wchar_t path[LONG_PATH + 64];
    HMODULE library;
    py_main_t py_main;

    _snwprintf(path, LONG_PATH + 63, L"%lsruntime\\%ls", own_folder, PYTHON_DLL);
    library = LoadLibraryExW(path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (!library)
        die(L"Python could not be loaded.");
    py_main = (py_main_t)(void *)GetProcAddress(library, "Py_Main");
    if (!py_main)
        die(L"Python is damaged.");
    return py_main;
}

static BOOL is_for_python(int argc, wchar_t **argv)
{
    return argc > 1 && (!wcscmp(argv[1], L"-m") || !wcscmp(argv[1], L"-P"));
}

static int run_python(int argc, wchar_t **argv)
{
    wchar_t **words = calloc(argc + 12, sizeof *words);
    int i, n = 0;

    if (!words)
        die(L"There is not enough memory.");
    words[n++] = argv[0];
    words[n++] = L"-X";
    words[n++] = L"utf8";
    words[n++] = L"-B"; /* nothing is ever written beside the program */
    if (!is_for_python(argc, argv)) {
        words[n++] = L"-m";
        words[n++] = L"reception";
#ifdef SERVICE
        static wchar_t data[LONG_PATH];
        find_data_folder(data, LONG_PATH);
        words[n++] = L"--data";
        words[n++] = data;
        words[n++] = L"hub";
#endif
    }
    for (i = 1; i < argc; i++)
        words[n++] = argv[i];
    return load_python()(n, words);
}

static int run(int argc, wchar_t **argv)
{
    DWORD length = GetModuleFileNameW(NULL, own_path, LONG_PATH - 1);
    wchar_t *slash;

    wcscpy(own_folder, own_path);
    if (!length || !(slash = wcsrchr(own_folder, L'\\')))
        die(L"The folder of the program was not found.");
    slash[1] = 0;
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
#ifdef SERVICE
    if (argc > 1 && !wcscmp(argv[1], L"--service"))
        return run_service();
#else
    if (argc > 1 && !wcscmp(argv[1], L"--for-everyone"))
        return for_everyone(wcsstr(GetCommandLineW(), argv[1]) + wcslen(argv[1]));
#endif
    if (argc > 1 && !wcscmp(argv[1], L"--remove-settings"))
        return remove_settings();
    return run_python(argc, argv);
}

int wmain(int argc, wchar_t **argv)
{
    return run(argc, argv);
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR line, int show)
{
    int argc;
    wchar_t **argv = CommandLineToArgvW(GetCommandLineW(), &argc);

    (void)instance, (void)before, (void)line, (void)show;
    return run(argc, argv);
}
