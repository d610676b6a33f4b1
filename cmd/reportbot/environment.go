package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"strings"
	"time"
)

// environment is a command's context, input and output.
type environment struct {
	ctx      context.Context
	in       io.Reader
	out, err io.Writer
}

// warn prints an error on standard error; the command goes on.
func (env *environment) warn(err error) { fmt.Fprintln(env.err, "reportbot: "+firstLine(err)) }

// print prints an object as one line of JSON.
func (env *environment) print(object any) error {
	encoder := json.NewEncoder(env.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(object)
}

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

// errUsage marks errors in the command line.
var errUsage = errors.New("wrong usage")

// usage marks err as an error in the command line.
func usage(err error) error { return errors.Join(err, errUsage) }

// fail prints an error in one line and returns the exit status for it.
func fail(stderr io.Writer, err error) int {
	if err == nil {
		return exitDone
	}
	status := exitFailed
	if errors.Is(err, errUsage) {
		status = exitUsage
	}
	fmt.Fprintln(stderr, "reportbot: "+firstLine(err))
	return status
}

func firstLine(err error) string {
	message := strings.ReplaceAll(err.Error(), "\n"+errUsage.Error(), "")
	return strings.Join(strings.Fields(message), " ")
}

// named adds the path to an error that doesn't contain it.
func named(path string, err error) error {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// started is the time at which the program started.
var started = time.Now()

// version is set by the linker for releases.
var version = ""

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
