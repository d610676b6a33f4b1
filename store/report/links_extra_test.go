package report

import "testing"

func TestRedirectTarget(t *testing.T) {
	for _, test := range []struct{ raw, want string }{
		{"https://www.google.com/url?q=https://a.com/x%3Fy%3D1&sa=D", "https://a.com/x?y=1"},
		{"https://l.facebook.com/l.php?u=https%3A%2F%2Fa.com%2F1&h=AT0", "https://a.com/1"},
		{"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.com%2F2&data=05", "https://a.com/2"},
		{"https://www.google.com/search?q=cau", "https://www.google.com/search?q=cau"},
		{"https://www.google.com/url?q=nonsense", "https://www.google.com/url?q=nonsense"},
		{"doi:10.1000/xyz123", "https://doi.org/10.1000/xyz123"},
		{"Sách một, DOI 10.1000/182.", "https://doi.org/10.1000/182"},
		{"https://a.com/1。", "https://a.com/1"},
		{"https://a.com/1;", "https://a.com/1"},
		{"https://a.com/1…", "https://a.com/1"},
	} {
		f := Footnote{N: 1, Raw: test.raw}
		f.parseLinks()
		if len(f.Links) != 1 || f.Links[0].URL != test.want {
			t.Errorf("%s: %+v %q, want %s", test.raw, f.Links, f.Damaged, test.want)
		}
	}
}
