package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	// stageName is the function or type that a stage begins with or names after its
	// package: "store Store.Accept", "bot/intent Read".
	stageName = regexp.MustCompile(`\b((?:bot|store|retrieval|prompts)(?:/[a-z]+)*) ([A-Za-z]\w*(?:\.[A-Za-z]\w*)?)`)
	// method is a method or a function of a package: "Bot.ask", "console.Chat".
	method = regexp.MustCompile(`\b[A-Za-z]\w*\.[A-Za-z]\w*`)
)

// Each function that the package comment's "life of a question" names exists in the
// package that it names.
func TestTheLifeOfAQuestionNamesFunctionsThatExist(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	_, life, found := strings.Cut(file.Doc.Text(), "# The life of a question")
	if !found {
		t.Fatal("the package comment has no life of a question")
	}
	declared := declarations(t)
	anywhere := map[string]bool{}
	for folder, names := range declared {
		for name := range names {
			anywhere[name] = true
			anywhere[filepath.Base(folder)+"."+name] = true
		}
	}
	life = strings.Join(strings.Fields(life), " ")
	named := 0
	for _, m := range stageName.FindAllStringSubmatch(life, -1) {
		if named++; !declared[m[1]][m[2]] {
			t.Errorf("%s has no %s", m[1], m[2])
		}
	}
	for _, name := range method.FindAllString(life, -1) {
		if named++; !anywhere[name] {
			t.Errorf("no package has %s", name)
		}
	}
	if named < 25 {
		t.Errorf("only %d names were found in it", named)
	}
}

// declarations returns the functions, methods and types of each package of the
// module: methods as "Type.method" and as "method".
func declarations(t *testing.T) map[string]map[string]bool {
	t.Helper()
	all := map[string]map[string]bool{}
	for _, p := range packages(t) {
		names := map[string]bool{}
		files, err := filepath.Glob(filepath.Join("..", "..", p.name(), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				switch decl := decl.(type) {
				case *ast.FuncDecl:
					names[decl.Name.Name] = true
					names[receiver(decl)+decl.Name.Name] = true
				case *ast.GenDecl:
					for _, spec := range decl.Specs {
						if spec, ok := spec.(*ast.TypeSpec); ok {
							names[spec.Name.Name] = true
						}
					}
				}
			}
		}
		all[p.name()] = names
	}
	return all
}

// receiver returns a method's receiver as "Type.", "" for a function.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	kind := f.Recv.List[0].Type
	if pointer, ok := kind.(*ast.StarExpr); ok {
		kind = pointer.X
	}
	if generic, ok := kind.(*ast.IndexExpr); ok {
		kind = generic.X
	}
	if name, ok := kind.(*ast.Ident); ok {
		return name.Name + "."
	}
	return ""
}
