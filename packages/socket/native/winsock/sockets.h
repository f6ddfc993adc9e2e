// The system's declarations of sockets and their addresses.
#pragma once

#include <winsock2.h>
#include <ws2tcpip.h>

#include <afunix.h>
