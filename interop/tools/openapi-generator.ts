import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { command, type Tool } from "../tool.ts";
import { modules, versionOf } from "./npm.ts";

/** The package on npm that carries the program itself; later ones fetch it from elsewhere. Its version ends in the program's. */
const home = "@openapitools/openapi-generator-cli";

const version = () => versionOf(home)().split("-").at(-1) ?? "";

const generate = async (language: string, bundle: string, to: string, folder: string): Promise<void> => {
  const jar = join(modules, home, "bin/openapi-generator.jar");
  await command("java", ["-jar", jar, "generate", "-g", language, "-i", bundle, "-o", to], folder);
};

/** Of both: the form of the bundle that does is the flat one. */
const because = { creates: "it sees no field of a form that is a `oneOf`" };

export const openapiGeneratorPython: Tool = {
  name: "openapi-generator python",
  version: async () => {
    await command("java", ["-version"], "/");
    await command("python3", ["-c", "import certifi, dateutil, six, urllib3"], "/");
    return version();
  },
  needs: "default-jre-headless python3-certifi python3-dateutil python3-six python3-urllib3",
  makes: "Python, urllib3",
  forms: ["openapi-3.0", "openapi-flat"],
  because,
  steps: ["generates", "creates", "updates", "deletes"],
  generate: async (bundle, folder) => {
    await generate("python", bundle, ".", folder);
    await writeFile(join(folder, "program.py"), python);
    await command("python3", ["program.py", '{"action":"none","calls":[]}'], folder);
  },
  program: ["python3", "program.py"],
};

const python = `import json
import os
import sys

import openapi_client

configuration = openapi_client.Configuration(host=os.environ.get("BASE_URL"))
configuration.access_token = os.environ.get("API_KEY")
api = openapi_client.NotificationHandlersApi(openapi_client.ApiClient(configuration))
actions = {
    "create": lambda body: {"id": api.create_notification_handler(**body).data.id},
    "update": lambda id, body: {"id": api.update_notification_handler(id, **body).data.id},
    "remove": lambda id: api.delete_notification_handler(id) or {},
}
task = json.loads(sys.argv[1])
results = []
for call in task["calls"]:
    try:
        results.append(actions[task["action"]](**call))
    except Exception as error:
        results.append({"error": str(getattr(error, "body", error))})
print(json.dumps(results))
`;

/** Without modules, since Debian has the one package that the generated code needs as a folder of GOPATH. */
const goEnvironment = (folder: string) => ({
  GO111MODULE: "off",
  GOFLAGS: "",
  GOPATH: [folder, process.env.GOPATH, "/usr/share/gocode"].filter(Boolean).join(":"),
});

export const openapiGeneratorGo: Tool = {
  name: "openapi-generator go-experimental",
  version: async () => {
    await command("java", ["-version"], "/");
    await command("go", ["list", "golang.org/x/oauth2"], "/", goEnvironment(""));
    return version();
  },
  needs: "default-jre-headless golang-go golang-golang-x-oauth2-dev",
  makes: "Go, `net/http`",
  forms: ["openapi-3.0", "openapi-flat"],
  because: { ...because, compiles: "it writes no type for a choice of texts" },
  generate: async (bundle, folder) => {
    await generate("go-experimental", bundle, "src/generated", folder);
    await writeFile(join(folder, "program.go"), go);
  },
  compile: async (folder) => {
    await command("go", ["build", "-o", "program", "program.go"], folder, goEnvironment(folder));
  },
  program: ["./program"],
};

const go = `package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	openapi "generated"
)

type Task struct {
	Action string
	Calls  []struct {
		Id   int32
		Body map[string]interface{}
	}
}

type Result struct {
	Id    int32  ${'`json:"id,omitempty"`'}
	Error string ${'`json:"error,omitempty"`'}
}

// setter is the method that sets a field, as the generator names it.
func setter(field string) string {
	if field == "type" {
		return "Type_"
	}
	words := strings.Split(field, "_")
	for n, word := range words {
		words[n] = strings.Title(word)
	}
	return strings.Join(words, "")
}

// with sets the fields of a body one by one: a request is of another type for each operation.
func with(request interface{}, body map[string]interface{}) (reflect.Value, error) {
	value := reflect.ValueOf(request)
	fields := []string{}
	for field := range body {
		fields = append(fields, field)
	}
	sort.Strings(fields)
	for _, field := range fields {
		method := value.MethodByName(setter(field))
		if !method.IsValid() {
			return value, fmt.Errorf("the request has no method for %s", field)
		}
		argument := reflect.ValueOf(body[field]).Convert(method.Type().In(0))
		value = method.Call([]reflect.Value{argument})[0]
	}
	return value, nil
}

func execute(request interface{}, body map[string]interface{}) Result {
	value, err := with(request, body)
	if err != nil {
		return Result{Error: err.Error()}
	}
	returned := value.MethodByName("Execute").Call(nil)
	if failed, is := returned[len(returned)-1].Interface().(error); is && failed != nil {
		if api, is := failed.(openapi.GenericOpenAPIError); is {
			return Result{Error: failed.Error() + " " + string(api.Body())}
		}
		return Result{Error: failed.Error()}
	}
	if reference, is := returned[0].Interface().(openapi.NotificationHandlerReference); is {
		return Result{Id: int32(reference.Data.Id)}
	}
	return Result{}
}

func main() {
	var task Task
	if err := json.Unmarshal([]byte(os.Args[1]), &task); err != nil {
		panic(err)
	}
	configuration := openapi.NewConfiguration()
	configuration.Servers[0].URL = os.Getenv("BASE_URL")
	api := openapi.NewAPIClient(configuration).NotificationHandlersApi
	ctx := context.WithValue(context.Background(), openapi.ContextAccessToken, os.Getenv("API_KEY"))
	results := []Result{}
	for _, call := range task.Calls {
		var request interface{}
		switch task.Action {
		case "create":
			request = api.CreateNotificationHandler(ctx)
		case "update":
			request = api.UpdateNotificationHandler(ctx, call.Id)
		case "remove":
			request = api.DeleteNotificationHandler(ctx, call.Id)
		}
		results = append(results, execute(request, call.Body))
	}
	printed, _ := json.Marshal(results)
	fmt.Println(string(printed))
}
`;
